import { ApiError } from './ApiError.js';
import { unlessAborted, wait } from './wait.js';

/** How many requests may be sent. */
export interface LimitOptions {
  /** Requests at once, and in a window; 100 unless set, until the server says what its limit is. */
  requests?: number;
  /** Length of the window in milliseconds; 60,000 unless set. */
  windowMs?: number;
}

/**
 * A token bucket that keeps this client within its share, so that it waits instead of being refused. The server's `RateLimit-*`
 * headers set its size and what is left, since other tabs and programs of the user draw on the same share.
 */
export class RateLimiter {
  #capacity: number;
  #perMs: number;
  #tokens: number;
  #filledAt: number;
  #queue: Promise<void> = Promise.resolve();

  constructor({ requests = 100, windowMs = 60_000 }: LimitOptions = {}) {
    this.#capacity = this.#tokens = requests;
    this.#perMs = requests / windowMs;
    this.#filledAt = Date.now();
  }

  /** Requests that may be sent at once. */
  get available(): number {
    this.#fill();
    return Math.max(0, Math.floor(this.#tokens));
  }

  /** Waits until one more request may be sent, first come first served. Rejects with `CANCELLED` when the signal ends it. */
  acquire(signal?: AbortSignal): Promise<void> {
    const turn = this.#queue.then(() => this.#take(signal));
    this.#queue = turn.catch(() => undefined);
    return unlessAborted(turn, signal);
  }

  /** Takes over what an answer's headers tell. */
  observe(headers: Record<string, unknown>): void {
    const limit = numberIn(headers['ratelimit-limit']);
    const remaining = numberIn(headers['ratelimit-remaining']);
    if (limit === undefined || remaining === undefined || limit <= 0) return;
    const windowSeconds = numberIn(/;w=(\d+)/.exec(String(headers['ratelimit-policy'] ?? ''))?.[1]) ?? 60;
    this.#capacity = limit;
    this.#perMs = limit / (windowSeconds * 1000);
    this.#tokens = Math.min(remaining, limit);
    this.#filledAt = Date.now();
  }

  async #take(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw ApiError.cancelled();
    this.#fill();
    while (this.#tokens < 1) {
      await wait(Math.ceil((1 - this.#tokens) / this.#perMs), signal);
      this.#fill();
    }
    this.#tokens -= 1;
  }

  #fill(): void {
    const now = Date.now();
    this.#tokens = Math.min(this.#capacity, this.#tokens + (now - this.#filledAt) * this.#perMs);
    this.#filledAt = now;
  }
}

function numberIn(text: unknown): number | undefined {
  if (text === undefined || text === null || text === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
