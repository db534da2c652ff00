import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateLimiter } from '../../src/client/RateLimiter.js';
import { handlerFor } from '../../src/msw/index.js';
import { failureOf, impatientClient, mockVenue } from '../venue.js';

const server = mockVenue();

describe('a limiter', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const passed = async (limiter: RateLimiter, count: number, signal?: AbortSignal) => {
    const order: number[] = [];
    for (let index = 0; index < count; index++) void limiter.acquire(signal).then(() => order.push(index), () => undefined);
    await vi.advanceTimersByTimeAsync(0);
    return order;
  };

  it('lets a burst through and then one after another in order', async () => {
    const order = await passed(new RateLimiter({ requests: 3, windowMs: 300 }), 6);

    expect(order).toEqual([0, 1, 2]);
    await vi.advanceTimersByTimeAsync(101);
    expect(order).toEqual([0, 1, 2, 3]);
    await vi.advanceTimersByTimeAsync(202);
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('fills up while nothing is sent but not beyond its size', async () => {
    const limiter = new RateLimiter({ requests: 3, windowMs: 300 });
    await passed(limiter, 3);

    await vi.advanceTimersByTimeAsync(10_000);

    expect(limiter.available).toBe(3);
  });

  it('takes over what the server says', async () => {
    const limiter = new RateLimiter({ requests: 100, windowMs: 60_000 });

    limiter.observe({ 'ratelimit-limit': '6000', 'ratelimit-remaining': '5999', 'ratelimit-policy': '6000;w=60' });
    expect(limiter.available).toBe(5_999);

    limiter.observe({ 'ratelimit-limit': '6000', 'ratelimit-remaining': '0', 'ratelimit-policy': '6000;w=60' });
    const order = await passed(limiter, 1);
    expect(order).toEqual([]);
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toEqual([0]);
  });

  it('does not mind headers that say nothing', () => {
    const limiter = new RateLimiter({ requests: 5 });

    limiter.observe({});
    limiter.observe({ 'ratelimit-limit': 'many', 'ratelimit-remaining': '1' });

    expect(limiter.available).toBe(5);
  });

  it('is not held up by those who gave up', async () => {
    const limiter = new RateLimiter({ requests: 1, windowMs: 100 });
    await passed(limiter, 1);
    const giveUp = new AbortController();
    const given = failureOf(limiter.acquire(giveUp.signal));
    const order = await passed(limiter, 1);

    giveUp.abort();

    expect(await given).toMatchObject({ type: 'CANCELLED' });
    await vi.advanceTimersByTimeAsync(101);
    expect(order).toEqual([0]);
  });
});

describe('a client whose share is spent', () => {
  it('waits instead of being refused', async () => {
    server.use(handlerFor('me', { headers: { 'RateLimit-Limit': '20', 'RateLimit-Remaining': '0', 'RateLimit-Policy': '20;w=1' } }));
    const client = impatientClient();

    await client.get('/auth/me');
    const before = performance.now();
    await client.get('/auth/me');

    expect(performance.now() - before).toBeGreaterThan(40);
  });

  it('of signing in may do everything else', async () => {
    server.use(handlerFor('login', { headers: { 'RateLimit-Limit': '1', 'RateLimit-Remaining': '0', 'RateLimit-Policy': '1;w=3600' } }));
    const client = impatientClient();
    await client.post('/auth/login', {});

    expect((await client.get('/orders')).status).toBe(200);
  });
});
