import type { ApiError } from './ApiError.js';

/** How failed requests are repeated. */
export interface RetryOptions {
  /** Repetitions at most; 3 unless set, 0 for none. */
  retries?: number;
  /** The first wait is at most so many milliseconds, and each further one twice as long; 300 unless set. */
  baseMs?: number;
  /** No wait is longer than so many milliseconds; 10,000 unless set. */
  capMs?: number;
  /** A `Retry-After` beyond so many milliseconds is not waited for but told; 30,000 unless set. */
  retryAfterMaxMs?: number;
  /** Where the jitter comes from: at least 0 and less than 1. */
  random?: () => number;
}

const gatewayFailures = new Set([502, 503, 504]);

/**
 * Decides whether a failed request is sent again, and when. Reads may be; a write only with an idempotency key, since without one
 * the order that seemed to fail might be placed twice.
 */
export class RetryPolicy {
  readonly #options: Required<RetryOptions>;

  constructor(options: RetryOptions = {}) {
    this.#options = { retries: 3, baseMs: 300, capMs: 10_000, retryAfterMaxMs: 30_000, random: Math.random, ...options };
  }

  /**
   * Milliseconds to wait before the next attempt, or undefined when there is to be none.
   * @param attempt How many repetitions there have been.
   */
  delayMs(error: ApiError, request: { isRead: boolean; hasKey: boolean }, attempt: number): number | undefined {
    const { retries, baseMs, capMs, retryAfterMaxMs, random } = this.#options;
    if (attempt >= retries || !(request.isRead || request.hasKey) || !isPassing(error, request.isRead)) return undefined;
    if (error.retryAfter !== undefined) {
      const asked = error.retryAfter * 1000;
      return asked <= retryAfterMaxMs ? asked : undefined;
    }
    return random() * Math.min(capMs, baseMs * 2 ** attempt);
  }
}

function isPassing(error: ApiError, isRead: boolean): boolean {
  // The first request with the same key is still under way.
  if (error.code === 'IDEMPOTENCY_CONFLICT') return error.retryAfter !== undefined;
  if (error.type === 'NETWORK_ERROR' || error.type === 'TIMEOUT' || error.status === 429) return true;
  return error.status !== undefined && (gatewayFailures.has(error.status) || (isRead && error.status === 500));
}
