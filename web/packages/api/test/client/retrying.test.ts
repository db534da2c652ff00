import { HttpResponse } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, idempotent } from '../../src/index.js';
import { retryAfterMs } from '../../src/client/retryAfter.js';
import { RetryPolicy } from '../../src/client/RetryPolicy.js';
import { handlerFor, type MockAnswer } from '../../src/msw/index.js';
import { eventually, failureOf, impatientClient, mockVenue } from '../venue.js';

const server = mockVenue();
const unavailable = { status: 503, error: { code: 'SERVICE_UNAVAILABLE', message: 'Later.' } };

/** Fails so many times, then answers; counts. */
function failing(operation: 'placeOrder' | 'getOrder' | 'createWebhook', times: number, failure: MockAnswer | 'cut' = unavailable) {
  const keys: (string | null)[] = [];
  server.use(
    handlerFor(operation, ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      if (keys.length > times) return {};
      return failure === 'cut' ? HttpResponse.error() : failure;
    }),
  );
  return keys;
}

describe('a read that fails', () => {
  it.each<[string, MockAnswer | 'cut']>([
    ['503', unavailable],
    ['502', { ...unavailable, status: 502 }],
    ['504', { ...unavailable, status: 504 }],
    ['500', { ...unavailable, status: 500 }],
    ['429', { ...unavailable, status: 429 }],
    ['a cut', 'cut'],
  ])('by %s is repeated', async (_, failure) => {
    const asked = failing('getOrder', 2, failure);

    await impatientClient().get('/orders/order-1');

    expect(asked).toHaveLength(3);
  });

  it('four times is given up', async () => {
    const asked = failing('getOrder', 9);

    expect(await failureOf(impatientClient().get('/orders/order-1'))).toMatchObject({ type: 'SERVER_ERROR', status: 503 });
    expect(asked).toHaveLength(4);
  });

  it.each([400, 403, 404, 409, 422, 501])('by %i is not repeated', async (status) => {
    const asked = failing('getOrder', 9, { ...unavailable, status });

    await failureOf(impatientClient().get('/orders/order-1'));

    expect(asked).toHaveLength(1);
  });

  it('is told at once where that is wanted', async () => {
    const asked = failing('getOrder', 9);

    await failureOf(impatientClient().get('/orders/order-1', { retry: false }));

    expect(asked).toHaveLength(1);
  });
});

describe('a write that fails', () => {
  it.each<[string, MockAnswer | 'cut']>([
    ['503', unavailable],
    ['429', { ...unavailable, status: 429 }],
    ['a cut', 'cut'],
  ])('by %s is not repeated without a key', async (_, failure) => {
    const asked = failing('placeOrder', 9, failure);

    await failureOf(impatientClient().post('/orders', {}));

    expect(asked).toEqual([null]);
  });

  it('is repeated with the same key', async () => {
    const keys = failing('placeOrder', 2, 'cut');

    await impatientClient().post('/orders', {}, idempotent());

    expect(keys).toHaveLength(3);
    expect(keys[0]).toMatch(/^key-/);
    expect(new Set(keys).size).toBe(1);
  });

  it('within the server is not repeated though it has a key', async () => {
    const asked = failing('placeOrder', 9, { ...unavailable, status: 500 });

    await failureOf(impatientClient().post('/orders', {}, idempotent()));

    expect(asked).toHaveLength(1);
  });

  it('since the first one is still under way is repeated', async () => {
    const conflict = { status: 409, error: { code: 'IDEMPOTENCY_CONFLICT', message: 'Still under way.' } };
    const asked = failing('placeOrder', 1, { ...conflict, headers: { 'Retry-After': '0' } });
    await impatientClient().post('/orders', {}, idempotent());
    expect(asked).toHaveLength(2);

    // Used for something else, which no waiting changes.
    const askedAgain = failing('placeOrder', 1, conflict);
    await failureOf(impatientClient().post('/orders', {}, idempotent()));
    expect(askedAgain).toHaveLength(1);
  });
});

describe('the wait before the next attempt', () => {
  const passing = new ApiError('SERVER_ERROR', 'Later.', { status: 503 });
  const read = { isRead: true, hasKey: false };

  it('is at most twice as long each time and never beyond the cap', () => {
    const policy = new RetryPolicy({ retries: 9, baseMs: 300, capMs: 2_000, random: () => 1 - Number.EPSILON });

    const waits = [0, 1, 2, 3, 4].map((attempt) => Math.round(policy.delayMs(passing, read, attempt) ?? -1));

    expect(waits).toEqual([300, 600, 1_200, 2_000, 2_000]);
  });

  it('is anything from none to that', () => {
    expect(new RetryPolicy({ random: () => 0 }).delayMs(passing, read, 2)).toBe(0);
    expect(new RetryPolicy({ baseMs: 100, random: () => 0.5 }).delayMs(passing, read, 2)).toBe(200);
  });

  it('is what the server asks for', () => {
    const policy = new RetryPolicy({ random: () => 0 });

    expect(policy.delayMs(new ApiError('RATE_LIMITED', '', { status: 429, retryAfter: 7 }), read, 0)).toBe(7_000);
    // Nobody waits that long before a screen.
    expect(policy.delayMs(new ApiError('RATE_LIMITED', '', { status: 429, retryAfter: 31 }), read, 0)).toBeUndefined();
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['Sat, 21 Nov 2026 20:00:10 GMT', 10_000],
    ['Sat, 21 Nov 2026 19:59:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is read from %s', (header, expected) => {
    expect(retryAfterMs(header, Date.parse('2026-11-21T20:00:00Z'))).toBe(expected);
  });

  describe('with a clock', () => {
    afterEach(() => vi.useRealTimers());

    it('passes before anything is sent', async () => {
      const asked = failing('getOrder', 1, { ...unavailable, headers: { 'Retry-After': '5' } });
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
      const answer = impatientClient().get('/orders/order-1');
      await eventually(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
      await vi.advanceTimersByTimeAsync(4_900);
      expect(asked).toHaveLength(1);

      await vi.advanceTimersByTimeAsync(200);

      vi.useRealTimers();
      await answer;
      expect(asked).toHaveLength(2);
    });
  });

  it('can be given up', async () => {
    const giveUp = new AbortController();
    const asked = failing('getOrder', 9, { ...unavailable, headers: { 'Retry-After': '20' } });
    const answer = failureOf(impatientClient().get('/orders/order-1', { signal: giveUp.signal }));
    await eventually(() => expect(asked).toHaveLength(1));

    giveUp.abort();

    expect(await answer).toMatchObject({ type: 'CANCELLED' });
  });
});
