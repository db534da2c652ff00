import type { components } from './schema.js';

/** Where a page stands in its list. */
export type Pagination = components['schemas']['Pagination'];
/** What explains a refusal: the field at fault, the limit, what was seen, what would do. */
export type ErrorDetails = components['schemas']['ErrorDetails'];
/** An error as the envelope holds it. */
export type ApiErrorBody = components['schemas']['ApiError'];
/** Every code that the server refuses with. */
export type ErrorCode = components['schemas']['ErrorEnvelope']['error']['code'];

/** The envelope around every answer; `@mytradex/api` takes it off. */
export interface ApiResponse<T> {
  success: boolean;
  data?: T;
  error?: ApiErrorBody;
  pagination?: Pagination;
  links?: Record<string, string | null>;
  message?: string;
  /** UTC, ISO 8601. */
  timestamp: string;
  requestId: string;
}

/** One page of a list. */
export interface Page<T> {
  data: T[];
  pagination: Pagination;
}
