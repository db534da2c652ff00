import { setupServer, type SetupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { ApiClient, type ApiConfig } from '../src/index.js';
import { handlers } from '../src/msw/index.js';

/** A server of mocks for the tests of one file. What no handler knows fails. */
export function mockVenue(): SetupServer {
  const server = setupServer(...handlers());
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return server;
}

/** A client that waits for nothing where the clock need not be seen. */
export function impatientClient(config: ApiConfig = {}): ApiClient {
  return new ApiClient({ baseURL: 'http://localhost:3001/api', ...config, retry: { baseMs: 1, ...config.retry } });
}

/** What was thrown; fails when nothing was. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (thrown) {
    return thrown;
  }
  throw new Error('It did not fail.');
}

/** Waits until it no longer throws, on a busy machine too. */
export function eventually<T>(expectation: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(expectation, { timeout: 20_000, interval: 5 });
}

/** Everything that is asked for in this turn has been. */
export const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
