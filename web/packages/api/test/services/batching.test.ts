import { describe, expect, it } from 'vitest';
import { MarketDataService } from '../../src/index.js';
import { handlerFor } from '../../src/msw/index.js';
import { failureOf, impatientClient, mockVenue } from '../venue.js';

const server = mockVenue();

/** A server that knows all symbols but NONE, and what it was asked for. */
function serverOfMarkets() {
  const asked: string[][] = [];
  const notFound = { status: 404, error: { code: 'INSTRUMENT_NOT_FOUND', message: 'There is no instrument NONE.' } };
  server.use(
    handlerFor('getMarketDataBatch', async ({ request }) => {
      const { symbols } = (await request.json()) as { symbols: string[] };
      asked.push(symbols);
      return symbols.includes('NONE') ? notFound : { data: symbols.map((symbol) => ({ symbol })) };
    }),
    handlerFor('getMarketData', ({ params }) => {
      asked.push([params.symbol ?? '']);
      return params.symbol === 'NONE' ? notFound : { data: { symbol: params.symbol } };
    }),
  );
  return asked;
}

describe('markets asked for together', () => {
  it('are one request', async () => {
    const asked = serverOfMarkets();
    const markets = new MarketDataService(impatientClient());

    const answers = await Promise.all(['AAPL', 'MSFT', 'aapl'].map((symbol) => markets.get(symbol)));

    expect(answers.map(({ symbol }) => symbol)).toEqual(['AAPL', 'MSFT', 'AAPL']);
    expect(asked).toEqual([['AAPL', 'MSFT']]);
  });

  it('one after another are several', async () => {
    const asked = serverOfMarkets();
    const markets = new MarketDataService(impatientClient());

    await markets.get('AAPL');
    await markets.get('MSFT');

    expect(asked).toEqual([['AAPL'], ['MSFT']]);
  });

  it('are no more than the server takes', async () => {
    const asked = serverOfMarkets();
    const markets = new MarketDataService(impatientClient({ limit: { requests: 1_000 } }));

    await Promise.all(Array.from({ length: 250 }, (_, index) => markets.get(`S${index}`)));

    expect(asked.map(({ length }) => length)).toEqual([100, 100, 50]);
  });

  it('are each told their own when one is unknown', async () => {
    serverOfMarkets();
    const markets = new MarketDataService(impatientClient());

    const [known, unknown] = await Promise.all([markets.get('AAPL'), failureOf(markets.get('NONE'))]);

    expect(known).toEqual({ symbol: 'AAPL' });
    expect(unknown).toMatchObject({ code: 'INSTRUMENT_NOT_FOUND' });
  });

  it('can be given up by one alone', async () => {
    serverOfMarkets();
    const markets = new MarketDataService(impatientClient());
    const giveUp = new AbortController();
    const gone = failureOf(markets.get('AAPL', { signal: giveUp.signal }));
    const waiting = markets.get('AAPL');

    giveUp.abort();

    expect(await gone).toMatchObject({ type: 'CANCELLED' });
    expect(await waiting).toEqual({ symbol: 'AAPL' });
  });
});
