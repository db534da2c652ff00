import type { ErrorDetails, Pagination } from '@mytradex/types';
import { http, HttpResponse, type DefaultBodyType, type HttpHandler, type PathParams } from 'msw';
import type { Example, OperationId } from './Example.js';
import { examples } from './examples.js';

export type { OperationId } from './Example.js';

/** What is asked of a mocked operation. */
export interface MockRequest {
  request: Request;
  /** The parameters of the address. */
  params: Record<string, string>;
}

/** What a mocked operation answers instead of its example. */
export interface MockAnswer {
  /** The example's unless set; 400 where there is an error. */
  status?: number;
  data?: unknown;
  pagination?: Pagination;
  error?: { code: string; message: string; details?: ErrorDetails };
  headers?: Record<string, string>;
}

/** An answer, or what makes one of each request. A `Response` is taken as it is. */
export type MockOverride = MockAnswer | ((asked: MockRequest) => MockAnswer | Response | Promise<MockAnswer | Response>);

/** Handlers for every operation: each answers with the example of the OpenAPI document, in the envelope of the server. */
export function handlers(): HttpHandler[] {
  return examples.map((example) => handlerOf(example, {}));
}

/** The handler of one operation, with an answer of one's own. Give it to `server.use`; `once` leaves further requests to the others. */
export function handlerFor(operation: OperationId, override: MockOverride = {}, options?: { once?: boolean }): HttpHandler {
  const example = examples.find(({ id }) => id === operation);
  if (!example) throw new RangeError(`There is no operation ${operation}.`);
  return handlerOf(example, override, options);
}

function handlerOf(example: Example, override: MockOverride, options?: { once?: boolean }): HttpHandler {
  const steps = example.path.split('/').slice(1);
  return http.all<PathParams, DefaultBodyType>(
    ({ request }) => {
      if (request.method !== example.method) return false;
      const given = /\/api(?:\/v\d+)?\/(.+?)\/?$/.exec(new URL(request.url).pathname)?.[1]?.split('/');
      if (given?.length !== steps.length) return false;
      const params: Record<string, string> = {};
      const matches = steps.every((step, index) => {
        const value = given[index] ?? '';
        if (step.startsWith('{')) params[step.slice(1, -1)] = decodeURIComponent(value);
        return step.startsWith('{') || step === value;
      });
      return { matches, params };
    },
    async ({ request, params }) => {
      const answer = typeof override === 'function' ? await override({ request, params: params as Record<string, string> }) : override;
      return answer instanceof Response ? answer : responseOf(example, answer, request);
    },
    options,
  );
}

function responseOf(example: Example, answer: MockAnswer, request: Request): Response {
  const status = answer.status ?? (answer.error ? 400 : example.status);
  const requestId = request.headers.get('X-Request-ID') ?? 'req-mock';
  const init = { status, headers: { 'X-Request-ID': requestId, ...answer.headers } };
  const stamp = { timestamp: new Date().toISOString(), requestId };
  if (answer.error) return HttpResponse.json({ success: false, error: answer.error, ...stamp }, init);
  const isExample = answer.data === undefined;
  if (isExample && example.lines !== undefined && request.headers.get('Accept')?.includes('application/x-ndjson'))
    return new HttpResponse(example.lines, { ...init, headers: { ...init.headers, 'Content-Type': 'application/x-ndjson' } });
  if (isExample && example.body !== undefined)
    return new HttpResponse(example.body, { ...init, headers: { ...init.headers, 'Content-Type': example.contentType ?? 'application/octet-stream' } });
  if (status === 204 || (isExample && !example.envelope)) return new HttpResponse(null, init);
  const pagination = answer.pagination ?? (isExample ? pageOf(example, request) : undefined);
  return HttpResponse.json({ success: true, ...example.envelope, ...(!isExample && { data: answer.data }), pagination, ...stamp }, init);
}

// The example's first page has more after it; the page that it points to is the last.
function pageOf(example: Example, request: Request): Pagination | undefined {
  const cursor = new URL(request.url).searchParams.get('cursor');
  const pagination = example.envelope?.pagination;
  if (!pagination || cursor === null) return pagination;
  const { nextCursor } = pagination;
  return cursor === '' ? { nextCursor, hasMore: true } : { prevCursor: nextCursor, hasMore: false };
}
