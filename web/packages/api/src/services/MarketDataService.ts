import type { Candle, CandleFilters, MarketData, OrderBook, Page, PageParams, Trade, TradeFilters } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { readLines } from '../client/lines.js';
import { step, type CallOptions } from './CallOptions.js';
import { MarketDataBatcher } from './MarketDataBatcher.js';

/** Prices, candles, books and trades. */
export class MarketDataService {
  readonly #batcher: MarketDataBatcher;

  constructor(readonly client: ApiClient) {
    this.#batcher = new MarketDataBatcher(client);
  }

  /** An instrument at a glance. Those asked for within ten milliseconds are one request. */
  get(symbol: string, { signal }: CallOptions = {}): Promise<MarketData> {
    return this.#batcher.get(symbol, signal);
  }

  list(params: PageParams = {}, { signal }: CallOptions = {}): Promise<Page<MarketData>> {
    return this.client.page<MarketData>('/market-data', { params, signal });
  }

  async candles(symbol: string, params: CandleFilters, { signal }: CallOptions = {}): Promise<Candle[]> {
    return (await this.client.get<Candle[]>(`/market-data/${step(symbol)}/candles`, { params, signal })).data;
  }

  async orderBook(symbol: string, depth?: number, { signal }: CallOptions = {}): Promise<OrderBook> {
    return (await this.client.get<OrderBook>(`/orderbook/${step(symbol)}`, { params: { depth }, signal })).data;
  }

  trades(symbol: string, params: TradeFilters & PageParams = {}, { signal }: CallOptions = {}): Promise<Page<Trade>> {
    return this.client.page<Trade>(`/trades/${step(symbol)}`, { params, signal });
  }

  /** The whole tape, newest first, in constant memory. */
  allTrades(symbol: string, params: TradeFilters = {}, options?: CallOptions): AsyncGenerator<Trade, void, undefined> {
    return readLines<Trade>(this.client, `/trades/${step(symbol)}`, params, options);
  }
}
