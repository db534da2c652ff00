import { handlerFor } from '@mytradex/api/msw';
import type { Account, Candle, MarketData, Position, Trade, Transaction } from '@mytradex/types';
import { act, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  useAccounts,
  useAlerts,
  useAllMarketData,
  useCandles,
  useConnectionState,
  useInstruments,
  useMarketData,
  useMarketDataRealtime,
  useOrderBook,
  usePositions,
  useTrades,
  useTransactions,
} from '../src/index.js';
import { withTrade } from '../src/candles.js';
import { desk } from './desk.js';

const { server, render, connect, tell, socket } = desk();
const trade = (number: number, changes: Partial<Trade> = {}): Trade => ({
  id: `trade-${number}`,
  symbol: 'AAPL',
  price: 150,
  quantity: 1,
  side: 'BUY',
  timestamp: '2026-11-21T20:00:30.000Z',
  ...changes,
});

describe('a market', () => {
  it('moves with what realtime tells', async () => {
    server.use(handlerFor('getMarketData', { data: { symbol: 'AAPL', lastPrice: 1 } }));
    const { result } = render(() => ({ market: useMarketData('AAPL'), realtime: useMarketDataRealtime('AAPL') }));
    await waitFor(() => expect(result.current.market.data?.lastPrice).toBe(1));
    expect(result.current.realtime.isConnected).toBe(false);
    await connect();
    expect(result.current.realtime.isConnected).toBe(true);

    await tell('market:update', 'market:AAPL', 5, { symbol: 'AAPL', lastPrice: 2 });

    expect(result.current.market.data?.lastPrice).toBe(2);
    expect(result.current.realtime.data?.lastPrice).toBe(2);
  });

  it('is one of all', async () => {
    server.use(handlerFor('listMarketData', { data: [{ symbol: 'AAPL', lastPrice: 1 }, { symbol: 'MSFT', lastPrice: 2 }] as MarketData[], pagination: { hasMore: false } }));
    const { result } = render(() => useAllMarketData());
    await waitFor(() => expect(result.current.data).toHaveLength(2));
    await connect();

    await tell('market:update', 'market:MSFT', 5, { symbol: 'MSFT', lastPrice: 3 });

    await waitFor(() => expect(result.current.data?.map(({ lastPrice }) => lastPrice)).toEqual([1, 3]));
  });
});

describe('the book', () => {
  it('is shown when it is proved', async () => {
    const { result } = render(() => useOrderBook('AAPL', 5, { priceScale: 2 }));
    await connect();

    await tell('orderbook:snapshot', 'orderbook:AAPL', 10, {
      symbol: 'AAPL',
      firstSequence: 1,
      sequence: 10,
      timestamp: '',
      bids: [[150.2, 1000], [150.15, 1500]],
      asks: [[150.3, 800], [150.35, 1200]],
      checksum: 2376304769,
    });

    await waitFor(() => expect(result.current.view?.bids[0]).toEqual({ price: 150.2, quantity: 1000, total: 1000 }));
  });
});

describe('the tape', () => {
  it('has each trade once, newest first', async () => {
    server.use(handlerFor('listTrades', { data: [trade(2), trade(1)] }));
    const { result } = render(() => useTrades('AAPL'));
    await waitFor(() => expect(result.current.data).toHaveLength(2));
    await connect();

    for (const number of [2, 3, 4]) await tell('trade:new', 'trades:AAPL', number, trade(number));

    await waitFor(() => expect(result.current.data?.map(({ id }) => id)).toEqual(['trade-4', 'trade-3', 'trade-2', 'trade-1']));
  });
});

describe('candles', () => {
  const candle: Candle = { timestamp: '2026-11-21T20:00:00.000Z', open: 150, high: 151, low: 149, close: 150.5, volume: 0.1, trades: 1 };

  it('move with every trade', async () => {
    server.use(handlerFor('listCandles', { data: [candle] }));
    const { result } = render(() => useCandles('AAPL', '1m'));
    await waitFor(() => expect(result.current.data).toHaveLength(1));
    await connect();

    await tell('trade:new', 'trades:AAPL', 1, trade(1, { price: 152, quantity: 0.2 }));
    await tell('trade:new', 'trades:AAPL', 2, trade(2, { price: 148, timestamp: '2026-11-21T20:01:00.000Z' }));

    await waitFor(() => expect(result.current.data).toHaveLength(2));
    // 0.1 + 0.2 is 0.3 here, as it is at the venue.
    expect(result.current.data?.[0]).toEqual({ ...candle, high: 152, close: 152, volume: 0.3, trades: 2 });
    expect(result.current.data?.[1]).toEqual({ timestamp: '2026-11-21T20:01:00.000Z', open: 148, high: 148, low: 148, close: 148, volume: 1, trades: 1 });
  });

  it('that are over do not move', () => {
    const candles = [candle];

    expect(withTrade(candles, trade(1, { timestamp: '2026-11-21T19:59:59.999Z' }), '1m')).toBe(candles);
  });
});

describe('what is the user’s', () => {
  it('changes with what realtime tells', async () => {
    const position = (number: number, quantity: number) => ({ id: `position-${number}`, accountId: 'account-1', symbol: 'AAPL', quantity }) as Position;
    const account = (number: number, balance: number) => ({ id: `account-${number}`, balance }) as Account;
    const line = (number: number) => ({ id: `transaction-${number}`, accountId: 'account-1', type: 'TRADE', asset: 'USD', timestamp: '2026-11-21T20:00:00Z' }) as Transaction;
    server.use(
      handlerFor('listPositions', { data: [position(1, 5), position(2, 5)], pagination: { hasMore: false } }),
      handlerFor('listAccounts', { data: [account(1, 5)], pagination: { hasMore: false } }),
      handlerFor('listTransactions', { data: [line(1)], pagination: { hasMore: false } }),
    );
    const { result } = render(() => ({ positions: usePositions(), accounts: useAccounts(), lines: useTransactions('account-1'), others: useTransactions('account-1', { asset: 'EUR' }) }));
    await waitFor(() => expect(result.current.positions.data).toHaveLength(2));
    await waitFor(() => expect(result.current.accounts.data).toHaveLength(1));
    await waitFor(() => expect(result.current.others.data).toHaveLength(1));
    await connect();

    await tell('portfolio:update', 'portfolio', 1, position(1, 0));
    await tell('portfolio:update', 'portfolio', 2, position(3, 7));
    await tell('balance:update', 'accounts', 1, account(1, 6));
    await tell('transaction:new', 'transactions', 1, line(2));

    expect(result.current.positions.data?.map(({ id, quantity }) => [id, quantity])).toEqual([['position-2', 5], ['position-3', 7]]);
    expect(result.current.accounts.data?.map(({ balance }) => balance)).toEqual([6]);
    expect(result.current.lines.data?.map(({ id }) => id)).toEqual(['transaction-2', 'transaction-1']);
    expect(result.current.others.data?.map(({ id }) => id)).toEqual(['transaction-1']);
  });
});

describe('an alert', () => {
  it('is shown until it is dismissed, and has the instruments read anew', async () => {
    let reads = 0;
    server.use(
      handlerFor('listInstruments', () => {
        reads++;
        return { data: [], pagination: { hasMore: false } };
      }),
    );
    const { result } = render(() => ({ ...useAlerts(), instruments: useInstruments() }));
    await waitFor(() => expect(reads).toBe(1));
    await connect();
    const alert = { type: 'MARKET_HALTED', message: 'Trading in JPM is halted.', symbol: 'JPM', timestamp: '' };

    await tell('alert:system', 'alerts', 1, alert);
    expect(result.current.alerts).toEqual([alert]);
    await waitFor(() => expect(reads).toBe(2));
    act(() => result.current.dismiss(result.current.alerts[0]));

    await waitFor(() => expect(result.current.alerts).toEqual([]));
  });
});

describe('the connection', () => {
  it('is shown, and after a time without one the user’s things are read anew', async () => {
    let reads = 0;
    server.use(
      handlerFor('listAccounts', () => {
        reads++;
        return { data: [], pagination: { hasMore: false } };
      }),
    );
    const { result } = render(() => ({ connection: useConnectionState(), accounts: useAccounts() }));
    await waitFor(() => expect(reads).toBe(1));
    await connect();
    expect(result.current.connection.status).toBe('live');

    act(() => socket().cut());
    expect(result.current.connection.status).toBe('connecting');
    act(() => socket().accept(true));

    expect(result.current.connection.status).toBe('live');
    await waitFor(() => expect(reads).toBe(2));
  });
});
