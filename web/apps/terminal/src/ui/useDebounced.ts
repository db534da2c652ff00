import { useEffect, useState } from 'react';

/** A value once it has stayed the same for a while. Compared by its JSON, so that an equal object is the same. */
export function useDebounced<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text === undefined ? (undefined as T) : (JSON.parse(text) as T)), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return settled;
}
