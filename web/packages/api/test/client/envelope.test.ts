import { describe, expect, it } from 'vitest';
import { ApiError, fetchAll, OrderService, type ApiAnswer } from '../../src/index.js';
import { takesMinSequence } from '../../src/client/freshReads.js';
import { handlerFor } from '../../src/msw/index.js';
import { failureOf, impatientClient, mockVenue } from '../venue.js';
import { readFileSync } from 'node:fs';

const server = mockVenue();

describe('an answer', () => {
  it('is the payload out of its envelope', async () => {
    server.use(handlerFor('getOrder', { data: { id: 'order-1', price: 150.1 } }));

    const answer = await impatientClient().get('/orders/order-1');

    expect(answer.data).toEqual({ id: 'order-1', price: 150.1 });
    expect(answer.requestId).toBe(answer.config.headers['X-Request-ID']);
    expect(answer.status).toBe(200);
  });

  it('has its pagination beside it', async () => {
    const answer = await impatientClient().get('/orders', { params: { page: 1 } });

    expect(answer.data).toHaveLength(1);
    expect(answer.pagination).toMatchObject({ page: 1, total: 100 });
  });

  it.each([{ cursor: undefined }, { cursor: 'q83v' }])('is data and pagination together when a cursor is named: %j', async (params) => {
    let asked = '';
    server.use(
      handlerFor('listOrders', ({ request }) => {
        asked = new URL(request.url).searchParams.get('cursor') ?? 'not asked for';
        return { data: [{ id: 'order-1' }], pagination: { nextCursor: 'next', hasMore: true } };
      }),
    );

    const { data, pagination } = await impatientClient().get('/orders', { params });

    expect(data).toEqual({ data: [{ id: 'order-1' }], pagination: { nextCursor: 'next', hasMore: true } });
    expect(pagination).toEqual({ nextCursor: 'next', hasMore: true });
    expect(asked).toBe(params.cursor ?? '');
  });

  it('of nothing is nothing', async () => {
    expect((await impatientClient().delete('/files/file-1')).status).toBe(204);
    expect((await impatientClient().post('/auth/logout')).data).toBeUndefined();
  });
});

describe('what a write has written', () => {
  it('is waited for by the reads that can', async () => {
    const client = impatientClient();
    const minimums: (string | null)[] = [];
    server.use(
      handlerFor('placeOrder', { headers: { 'X-Sequence': '4711' } }),
      handlerFor('cancelOrder', { headers: { 'X-Sequence': '4700' } }),
      handlerFor('listOrders', ({ request }) => {
        minimums.push(new URL(request.url).searchParams.get('minSequence'));
        return {};
      }),
    );

    await client.get('/orders');
    const written: ApiAnswer<unknown> = await client.post('/orders', {});
    await client.delete('/orders/order-1');
    await client.get('/orders');
    client.session.signedOut();
    await client.get('/orders');

    expect(written.sequence).toBe(4711);
    expect(minimums).toEqual([null, '4711', null]);
  });

  it('is sent with exactly the reads that the document says take it', () => {
    const { paths } = JSON.parse(readFileSync('../types/openapi.json', 'utf8')) as { paths: Record<string, { get?: { parameters?: { name: string }[] } }> };

    for (const [path, { get }] of Object.entries(paths)) {
      if (!get) continue;
      const takes = get.parameters?.some(({ name }) => name === 'minSequence') ?? false;
      expect(takesMinSequence(path.replace('/api/v1', '').replace(/\{.*?\}/g, 'x')), path).toBe(takes);
    }
  });
});

describe('every request', () => {
  it('says which it is and when it was sent', async () => {
    const seen: Headers[] = [];
    server.use(
      handlerFor('me', ({ request }) => {
        seen.push(request.headers);
        return {};
      }),
    );
    const client = impatientClient({ headers: { 'X-App': 'desk' } });

    const before = Date.now();
    await client.get('/auth/me');
    await client.get('/auth/me');

    const [first, second] = seen;
    expect(first?.get('X-Request-ID')).toMatch(/^req-[0-9a-f]{32}$/);
    expect(first?.get('X-Request-ID')).not.toBe(second?.get('X-Request-ID'));
    expect(Number(first?.get('X-Client-Timestamp'))).toBeGreaterThanOrEqual(before);
    expect(first?.get('X-App')).toBe('desk');
  });

  it('can be given up', async () => {
    const giveUp = new AbortController();
    server.use(handlerFor('me', () => new Promise<never>(() => giveUp.abort())));

    const error = (await failureOf(impatientClient().get('/auth/me', { signal: giveUp.signal }))) as ApiError;

    expect(error).toBeInstanceOf(ApiError);
    expect(error.type).toBe('CANCELLED');
  });
});

describe('all pages of a list', () => {
  it('come one after another until the last', async () => {
    const cursors: (string | null)[] = [];
    server.use(
      handlerFor('listOrders', ({ request }) => {
        const cursor = new URL(request.url).searchParams.get('cursor');
        cursors.push(cursor);
        return { data: [{ id: `order-${cursors.length}` }], pagination: cursors.length < 3 ? { hasMore: true, nextCursor: `c${cursors.length}` } : { hasMore: false } };
      }),
    );
    const orders = new OrderService(impatientClient());

    const ids: string[] = [];
    for await (const order of fetchAll((params) => orders.list({ status: 'NEW', ...params }))) ids.push(order.id);

    expect(ids).toEqual(['order-1', 'order-2', 'order-3']);
    expect(cursors).toEqual(['', 'c1', 'c2']);
  });
});
