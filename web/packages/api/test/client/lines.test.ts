// @vitest-environment node
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { MarketDataService } from '../../src/index.js';
import { handlerFor } from '../../src/msw/index.js';
import { failureOf, impatientClient, mockVenue } from '../venue.js';

const server = mockVenue();

describe('a whole list', () => {
  const lines = (...chunks: string[]) =>
    new HttpResponse(
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
          controller.close();
        },
      }),
      { headers: { 'Content-Type': 'application/x-ndjson' } },
    );
  const read = async () => {
    const ids: string[] = [];
    for await (const { id } of new MarketDataService(impatientClient()).allTrades('AAPL', { from: '2026-01-01T00:00:00Z' })) ids.push(id);
    return ids;
  };

  it('comes entry by entry however it is cut', async () => {
    server.use(
      handlerFor('listTrades', ({ request }) => {
        expect(request.headers.get('Accept')).toBe('application/x-ndjson');
        expect(new URL(request.url).searchParams.get('from')).toBe('2026-01-01T00:00:00Z');
        return lines('{"id":"tra', 'de-1"}\n{"id":"trade-2"}\n', '{"id":"trade-3"}');
      }),
    );

    expect(await read()).toEqual(['trade-1', 'trade-2', 'trade-3']);
  });

  it('that fails on its way fails with what the server says', async () => {
    server.use(handlerFor('listTrades', () => lines('{"id":"trade-1"}\n', '{"error":{"code":"UNAUTHORIZED","message":"Too late."},"requestId":"req-7"}\n')));

    expect(await failureOf(read())).toMatchObject({ code: 'UNAUTHORIZED', message: 'Too late.', requestId: 'req-7' });
  });

  it('that is cut is not taken for whole', async () => {
    server.use(
      handlerFor(
        'listTrades',
        () =>
          new HttpResponse(
            new ReadableStream<Uint8Array>({
              start(controller) {
                controller.enqueue(new TextEncoder().encode('{"id":"trade-1"}\n'));
              },
              pull(controller) {
                controller.error(new Error('cut'));
              },
            }),
          ),
      ),
    );

    expect(await failureOf(read())).toMatchObject({ type: 'NETWORK_ERROR' });
  });

  it('that is refused says why', async () => {
    server.use(handlerFor('listTrades', { status: 404, error: { code: 'INSTRUMENT_NOT_FOUND', message: 'There is no instrument NONE.' } }));

    expect(await failureOf(read())).toMatchObject({ code: 'INSTRUMENT_NOT_FOUND' });
  });
});
