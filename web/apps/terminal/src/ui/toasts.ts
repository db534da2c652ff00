import { useSyncExternalStore } from 'react';

/** A short message that comes and goes. */
export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad' | 'plain';
}

const shownFor = 6_000;
const atOnce = 4;
let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function change(to: readonly Toast[]): void {
  toasts = to;
  listeners.forEach((listener) => listener());
}

/** Shows a message for some seconds; the oldest goes when there are too many. */
export function toast(text: string, tone: Toast['tone'] = 'plain'): void {
  const id = next++;
  change([...toasts.slice(1 - atOnce), { id, text, tone }]);
  setTimeout(() => dismiss(id), shownFor);
}

/** Takes a message away before its time. */
export function dismiss(id: number): void {
  change(toasts.filter((one) => one.id !== id));
}

/** The messages shown now. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}
