import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { handlerFor } from '../../src/msw/index.js';
import { mockVenue } from '../venue.js';

const server = mockVenue();
const origin = 'http://localhost:3001';

interface Content {
  example?: { success: true; data?: unknown; pagination?: unknown };
}
const { paths } = JSON.parse(readFileSync('../types/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, Content> }> }>>;
};
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { responses }]) => ({ method: method.toUpperCase(), path, responses })),
);

describe('a mocked operation', () => {
  it.each(operations)('$method $path answers as the document says', async ({ method, path, responses }) => {
    const response = await fetch(origin + path.replace(/\{.*?\}/g, 'some-1'), { method, headers: { 'X-Request-ID': 'req-1' } });

    const [status, documented] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? [];
    expect(response.status).toBe(Number(status));
    const example = documented?.content?.['application/json']?.example;
    if (!example) return;
    const { timestamp, ...envelope } = (await response.json()) as { timestamp: string };
    const { timestamp: _, ...expected } = example as typeof example & { timestamp: string };
    expect(envelope).toEqual({ ...expected, requestId: 'req-1' });
    expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(10_000);
  });

  it('is the same without a version', async () => {
    expect((await fetch(`${origin}/api/orders/preview`, { method: 'POST' })).status).toBe(200);
  });

  it('can be given another answer', async () => {
    server.use(
      handlerFor('getOrder', ({ params }) => ({ data: { id: params.id } })),
      handlerFor('placeOrder', { status: 422, error: { code: 'INSUFFICIENT_FUNDS', message: 'No.' } }),
    );

    expect(await (await fetch(`${origin}/api/orders/order-7`)).json()).toMatchObject({ success: true, data: { id: 'order-7' } });
    const refused = await fetch(`${origin}/api/orders`, { method: 'POST' });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ success: false, error: { code: 'INSUFFICIENT_FUNDS' } });
  });

  it('ends a list that is read by cursor', async () => {
    const first = (await (await fetch(`${origin}/api/orders?cursor=`)).json()) as { pagination: { hasMore: boolean; nextCursor: string } };
    expect(first.pagination.hasMore).toBe(true);

    const last = (await (await fetch(`${origin}/api/orders?cursor=${encodeURIComponent(first.pagination.nextCursor)}`)).json()) as typeof first;
    expect(last.pagination.hasMore).toBe(false);
  });

  it('that there is not is a fault', () => {
    expect(() => handlerFor('noSuchThing' as never)).toThrow(RangeError);
  });
});
