import type { ApiErrorBody, ErrorCode, ErrorDetails } from '@mytradex/types';
import { AxiosError, isAxiosError, isCancel } from 'axios';
import { retryAfterMs } from './retryAfter.js';

/** What kind of failure it is; what the server calls it is {@link ApiError.code}. */
export type ApiErrorType =
  | 'NETWORK_ERROR'
  | 'TIMEOUT'
  | 'CANCELLED'
  | 'SERVER_ERROR'
  | 'VALIDATION_ERROR'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'API_ERROR';

interface ErrorFacts {
  code?: string;
  status?: number;
  details?: ErrorDetails;
  /** Seconds. */
  retryAfter?: number;
  requestId?: string;
  cause?: unknown;
}

/** Why a call failed. Every call of this package rejects with one of these and nothing else. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly type: ApiErrorType;
  /** The server's own code, such as `INSUFFICIENT_FUNDS`; the type where the server was not reached. */
  readonly code: ErrorCode | ApiErrorType | (string & {});
  /** HTTP status; undefined where there was no answer. */
  readonly status: number | undefined;
  /** What explains the refusal: field, limit, what was seen and what would do. */
  readonly details: ErrorDetails | undefined;
  /** What is wrong with each field, for forms. */
  readonly fields: Readonly<Record<string, string>>;
  /** Seconds after which to ask again, where the server said so. */
  readonly retryAfter: number | undefined;
  /** By which the server's log knows the request. */
  readonly requestId: string | undefined;

  constructor(type: ApiErrorType, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.type = type;
    this.code = facts.code ?? type;
    this.status = facts.status;
    this.details = facts.details;
    this.fields = fieldsOf(facts.details);
    this.retryAfter = facts.retryAfter;
    this.requestId = facts.requestId;
  }

  /** The one for a call that its caller gave up. */
  static cancelled(cause?: unknown): ApiError {
    return new ApiError('CANCELLED', 'The request was cancelled.', { cause });
  }

  /** The one for an error body of the server, wherever it came from: an answer, the last line of a list, a socket. */
  static ofBody(body: ApiErrorBody, status?: number, requestId?: string): ApiError {
    return new ApiError(typeOf(status ?? 0, body.code), body.message, { code: body.code, status, details: body.details, requestId });
  }

  /** Makes an ApiError of whatever was thrown. */
  static from(thrown: unknown): ApiError {
    if (thrown instanceof ApiError) return thrown;
    if (isCancel(thrown) || (thrown instanceof Error && thrown.name === 'AbortError')) return ApiError.cancelled(thrown);
    if (isAxiosError(thrown)) return ofAxios(thrown);
    return new ApiError('API_ERROR', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
  }
}

// What never left for the network: a fault of the caller's.
const notSent = new Set<string>([AxiosError.ERR_NOT_SUPPORT, AxiosError.ERR_INVALID_URL, AxiosError.ERR_BAD_OPTION, AxiosError.ERR_BAD_OPTION_VALUE]);

function ofAxios(error: AxiosError): ApiError {
  const { response } = error;
  if (!response) {
    if (notSent.has(error.code ?? '')) return new ApiError('API_ERROR', error.message, { cause: error });
    return error.code === AxiosError.ECONNABORTED || error.code === AxiosError.ETIMEDOUT
      ? new ApiError('TIMEOUT', 'The server did not answer in time.', { cause: error })
      : new ApiError('NETWORK_ERROR', 'The server cannot be reached.', { cause: error });
  }
  const envelope = response.data as { error?: Partial<ApiErrorBody>; requestId?: string } | undefined;
  const waitMs = retryAfterMs(response.headers['retry-after'] as string | undefined);
  return new ApiError(typeOf(response.status, envelope?.error?.code), envelope?.error?.message ?? `The server answered ${response.status}.`, {
    code: envelope?.error?.code,
    status: response.status,
    details: envelope?.error?.details,
    retryAfter: waitMs === undefined ? undefined : waitMs / 1000,
    requestId: envelope?.requestId ?? (response.headers['x-request-id'] as string | undefined),
    cause: error,
  });
}

function typeOf(status: number, code: string | undefined): ApiErrorType {
  if (status >= 500) return 'SERVER_ERROR';
  switch (status) {
    case 400:
      return 'VALIDATION_ERROR';
    case 401:
      return 'UNAUTHORIZED';
    case 403:
      return 'FORBIDDEN';
    case 404:
      return 'NOT_FOUND';
    case 408:
      return 'TIMEOUT';
    case 409:
      return 'CONFLICT';
    case 429:
      return 'RATE_LIMITED';
    default:
      return code === 'UNAUTHORIZED' ? 'UNAUTHORIZED' : 'API_ERROR';
  }
}

function fieldsOf(details: ErrorDetails | undefined): Record<string, string> {
  const fields: Record<string, string> = {};
  if (details?.field) fields[details.field] = details.reason ?? 'is not valid';
  for (const fault of details?.errors ?? []) fields[fault.field] ??= fault.reason;
  return fields;
}
