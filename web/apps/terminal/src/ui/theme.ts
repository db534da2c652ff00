import { useSyncExternalStore } from 'react';

/** What the user chose: a theme, or to follow the system. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let choice = readChoice();

function readChoice(): ThemeChoice {
  const stored = localStorage.getItem(key);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function apply(): void {
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
  listeners.forEach((listener) => listener());
}

dark.addEventListener('change', apply);
apply();

/** Takes another theme and remembers it. */
export function chooseTheme(to: ThemeChoice): void {
  choice = to;
  if (to === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, to);
  apply();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What was chosen, and which of the two is shown now. */
export function useTheme(): { choice: ThemeChoice; shown: 'light' | 'dark' } {
  const now = useSyncExternalStore(subscribe, () => choice);
  const systemIsDark = useSyncExternalStore(subscribe, () => dark.matches);
  return { choice: now, shown: now === 'system' ? (systemIsDark ? 'dark' : 'light') : now };
}
