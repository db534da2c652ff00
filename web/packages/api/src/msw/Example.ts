import type { operations, Pagination } from '@mytradex/types';

/** An operation of the API by its name in the OpenAPI document. */
export type OperationId = keyof operations;

/** What the document shows as the answer of an operation. */
export interface Example {
  id: OperationId;
  method: string;
  /** Below `/api/v1`, with its parameters in braces. */
  path: string;
  status: number;
  /** The envelope but for what is each answer's own. */
  envelope?: { data?: unknown; pagination?: Pagination; message?: string; links?: object };
  /** Of answers that are not JSON. */
  contentType?: string;
  body?: string;
  /** The same list as newline-delimited JSON, where it is given so. */
  lines?: string;
}
