import type { ApiResponse, Page, Pagination, Session } from '@mytradex/types';
import axios, { type AxiosInstance, type AxiosRequestConfig, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { AuthStrategy } from '../auth/AuthStrategy.js';
import { SessionKeeper } from '../auth/SessionKeeper.js';
import { tokenAuth } from '../auth/tokenAuth.js';
import { ApiError } from './ApiError.js';
import { readErrorBody } from './errorBody.js';
import { newId } from './ids.js';
import { takesMinSequence } from './freshReads.js';
import { RateLimiter, type LimitOptions } from './RateLimiter.js';
import { RetryPolicy, type RetryOptions } from './RetryPolicy.js';
import { unlessAborted, wait } from './wait.js';

/** How a client reaches the server. */
export interface ApiConfig {
  /** Where the API is, for example `https://venue.example/api`; `/api` of the page's own origin unless set. */
  baseURL?: string;
  /** Milliseconds that an answer may take; 10,000 unless set. */
  timeout?: number;
  /** Sent with every request. */
  headers?: Record<string, string>;
  /** How requests prove who sends them; tokens in memory unless set. */
  auth?: AuthStrategy;
  retry?: RetryOptions;
  limit?: LimitOptions;
}

/** What one request may ask for besides. */
export interface RequestConfig<D = unknown> extends AxiosRequestConfig<D> {
  /** Sent as `Idempotency-Key`: with it a write may be repeated without being done twice. See {@link idempotent}. */
  idempotencyKey?: string;
  /** False: failures are told at once. */
  retry?: boolean;
}

/** An answer whose `data` is the payload, out of its envelope. */
export interface ApiAnswer<T> extends AxiosResponse<T> {
  /** Where the page stands, for lists. */
  pagination?: Pagination;
  requestId?: string;
  /** The sequence of the write, or undefined. */
  sequence?: number;
}

const readMethods = new Set(['GET', 'HEAD']);
const signIn = /^\/?auth\/(login|register|password-reset|verify-email)/;
const withoutRefresh = /^\/?auth\/(login|register|refresh|logout|password-reset)/;

/** Makes a key once, so that however often the request is repeated it is done once: `client.post(url, body, idempotent())`. */
export function idempotent(key = newId('key')): { idempotencyKey: string } {
  return { idempotencyKey: key };
}

/**
 * The REST client: takes answers out of their envelope, renews the session, repeats what may be repeated, keeps within the rate
 * limit, and rejects with {@link ApiError} alone.
 */
export class ApiClient {
  /** The axios instance underneath, for interceptors of one's own. */
  readonly axios: AxiosInstance;
  /** What becomes of the session. */
  readonly session: SessionKeeper;
  #retry: RetryPolicy;
  #limiter: RateLimiter;
  #signInLimiter: RateLimiter;
  #written = 0;

  constructor(config: ApiConfig = {}) {
    this.axios = axios.create({ baseURL: config.baseURL ?? '/api', timeout: config.timeout ?? 10_000, headers: { Accept: 'application/json', ...config.headers } });
    this.session = new SessionKeeper(config.auth ?? tokenAuth());
    this.session.on('signedOut', () => (this.#written = 0));
    this.#retry = new RetryPolicy(config.retry);
    this.#limiter = new RateLimiter(config.limit);
    this.#signInLimiter = new RateLimiter(config.limit);
  }

  get auth(): AuthStrategy {
    return this.session.auth;
  }

  get baseURL(): string {
    return this.axios.defaults.baseURL ?? '/api';
  }

  /** Changes how the server is reached; what is not given stays. */
  configure(config: ApiConfig): void {
    if (config.baseURL !== undefined) this.axios.defaults.baseURL = config.baseURL;
    if (config.timeout !== undefined) this.axios.defaults.timeout = config.timeout;
    if (config.headers) Object.assign(this.axios.defaults.headers, config.headers);
    if (config.auth) this.session.use(config.auth);
    if (config.retry) this.#retry = new RetryPolicy(config.retry);
    if (config.limit) {
      this.#limiter = new RateLimiter(config.limit);
      this.#signInLimiter = new RateLimiter(config.limit);
    }
  }

  // `any` unless the caller says better, as axios itself has it.
  /* eslint-disable @typescript-eslint/no-explicit-any */
  get<T = any>(url: string, config?: RequestConfig): Promise<ApiAnswer<T>> {
    return this.request<T>({ ...config, method: 'GET', url });
  }

  post<T = any>(url: string, data?: unknown, config?: RequestConfig): Promise<ApiAnswer<T>> {
    return this.request<T>({ ...config, method: 'POST', url, data });
  }

  put<T = any>(url: string, data?: unknown, config?: RequestConfig): Promise<ApiAnswer<T>> {
    return this.request<T>({ ...config, method: 'PUT', url, data });
  }

  patch<T = any>(url: string, data?: unknown, config?: RequestConfig): Promise<ApiAnswer<T>> {
    return this.request<T>({ ...config, method: 'PATCH', url, data });
  }

  delete<T = any>(url: string, config?: RequestConfig): Promise<ApiAnswer<T>> {
    return this.request<T>({ ...config, method: 'DELETE', url });
  }
  /* eslint-enable @typescript-eslint/no-explicit-any */

  /** Gets one page of a list. */
  async page<T>(url: string, config?: RequestConfig): Promise<Page<T>> {
    const answer = await this.get<T[] | Page<T>>(url, config);
    return Array.isArray(answer.data) ? { data: answer.data, pagination: answer.pagination ?? {} } : answer.data;
  }

  /** Sends a request and repeats it as the rules say. */
  async request<T>(config: RequestConfig): Promise<ApiAnswer<T>> {
    const method = (config.method ?? 'GET').toUpperCase();
    const isRead = readMethods.has(method);
    const hasKey = config.idempotencyKey !== undefined;
    const signal = config.signal as AbortSignal | undefined;
    let isReplayed = false;
    for (let attempt = 0; ; ) {
      const token = this.auth.accessToken();
      try {
        return await this.#send<T>(method, config, signal);
      } catch (thrown) {
        const error = ApiError.from(thrown);
        if (error.status === 401 && !isReplayed && !withoutRefresh.test(config.url ?? '')) {
          isReplayed = true;
          if (await unlessAborted(this.#refresh(token), signal)) continue;
        }
        const delayMs = config.retry === false ? undefined : this.#retry.delayMs(error, { isRead, hasKey }, attempt++);
        if (delayMs === undefined) throw error;
        await wait(delayMs, signal);
      }
    }
  }

  /** Renews the session now, for doors that are not requests. False when there is none any more. */
  renewSession(): Promise<boolean> {
    return this.#refresh(this.auth.accessToken());
  }

  async #send<T>(method: string, config: RequestConfig, signal: AbortSignal | undefined): Promise<ApiAnswer<T>> {
    const { idempotencyKey, retry: _, ...rest } = config;
    const limiter = signIn.test(rest.url ?? '') ? this.#signInLimiter : this.#limiter;
    await limiter.acquire(signal);
    const response = await this.axios
      .request<unknown>({
        ...rest,
        method,
        params: this.#paramsOf(method, rest),
        withCredentials: this.auth.withCredentials,
        headers: {
          ...rest.headers,
          ...this.auth.headers(method),
          ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
          'X-Request-ID': newId('req'),
          'X-Client-Timestamp': String(Date.now()),
        },
      })
      .catch(async (thrown: unknown) => {
        if (axios.isAxiosError(thrown) && thrown.response) {
          limiter.observe(thrown.response.headers);
          await readErrorBody(thrown);
        }
        throw thrown;
      });
    limiter.observe(response.headers);
    return this.#opened<T>(response, config);
  }

  #paramsOf(method: string, config: AxiosRequestConfig): unknown {
    const given = config.params as Record<string, unknown> | undefined;
    const params = { ...given };
    // Named, though undefined, it asks for the first of the pages that hold together.
    if (given && 'cursor' in given && params.cursor === undefined) params.cursor = '';
    if (this.#written > 0 && method === 'GET' && takesMinSequence(config.url ?? '')) params.minSequence ??= this.#written;
    return params;
  }

  #opened<T>(response: AxiosResponse<unknown, unknown>, config: RequestConfig): ApiAnswer<T> {
    const answer = response as ApiAnswer<unknown> & { config: InternalAxiosRequestConfig };
    const sequence = Number(response.headers['x-sequence'] ?? Number.NaN);
    if (Number.isFinite(sequence)) {
      answer.sequence = sequence;
      this.#written = Math.max(this.#written, sequence);
    }
    const envelope = answer.data as ApiResponse<unknown> | null;
    if (envelope !== null && typeof envelope === 'object' && 'success' in envelope && 'requestId' in envelope) {
      answer.requestId = envelope.requestId;
      answer.pagination = envelope.pagination;
      const isCursored = config.params !== undefined && 'cursor' in (config.params as object) && envelope.pagination !== undefined;
      answer.data = isCursored ? { data: envelope.data, pagination: envelope.pagination } : (envelope.data ?? undefined);
    }
    return answer as ApiAnswer<T>;
  }

  #refresh(refused: string | undefined): Promise<boolean> {
    return this.session.refresh(async (body) => (await this.#send<Session>('POST', { url: '/auth/refresh', data: body }, undefined)).data, refused);
  }
}
