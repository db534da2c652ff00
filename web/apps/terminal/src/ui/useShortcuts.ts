import { useEffect, useRef } from 'react';

/** Keys and what they do. `Ctrl+Enter` stands for ⌘ + Enter, too. */
export type Shortcuts = Partial<Record<string, () => void>>;

/** Listens to keys on the whole page. Plain letters are left alone while somebody types. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const withControl = event.ctrlKey || event.metaKey;
      if (event.altKey || document.querySelector('dialog[open]')) return;
      if (!withControl && isTyping(event.target) && event.key !== 'Escape') return;
      const action = current.current[withControl ? `Ctrl+${event.key}` : event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName));
}
