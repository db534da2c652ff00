import { ApiError } from './ApiError.js';

/** Waits, unless the signal ends it before: then it rejects with `CANCELLED`. */
export function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(ApiError.cancelled());
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(ApiError.cancelled());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** What a promise brings, unless the signal ends the waiting before; the work itself goes on for others who wait. */
export function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(ApiError.cancelled());
      return;
    }
    const onAbort = () => reject(ApiError.cancelled());
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
