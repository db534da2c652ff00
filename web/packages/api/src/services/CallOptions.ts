import { idempotent, type RequestConfig } from '../client/ApiClient.js';

/** What every call takes besides its arguments. */
export interface CallOptions {
  /** Gives the call up. */
  signal?: AbortSignal;
}

/** What every write takes besides its arguments. */
export interface WriteOptions extends CallOptions {
  /** The key that makes the write happen once; a new one for each call unless set. Set it where a person may try again. */
  idempotencyKey?: string;
}

/** The configuration of a write that may be repeated. */
export function keyed({ signal, idempotencyKey }: WriteOptions = {}): RequestConfig {
  return { signal, ...idempotent(idempotencyKey) };
}

/** An id or a symbol as a step of an address. */
export const step = encodeURIComponent;
