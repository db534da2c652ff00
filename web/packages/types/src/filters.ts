import type { operations } from './schema.js';

/** What a list can be narrowed by; how it is paged is {@link PageParams}. */
type FiltersOf<Id extends keyof operations> = operations[Id] extends { parameters: { query?: infer Query } }
  ? Omit<NonNullable<Query>, 'minSequence' | 'page' | 'size' | 'cursor'>
  : never;

/** Which part of a list. `cursor` or `page`, not both; with `cursor` named – be it undefined – pages hold together under inserts. */
export interface PageParams {
  /** From 1. */
  page?: number;
  /** Entries a page, 1–100. */
  size?: number;
  /** The same as `size`. */
  limit?: number;
  /** `nextCursor` or `prevCursor` of the page before. */
  cursor?: string;
}

/** Which orders. */
export type OrderFilters = FiltersOf<'listOrders'>;
/** Which users, and in what order. */
export type UserFilters = FiltersOf<'listUsers'>;
/** Which positions. */
export type PositionFilters = FiltersOf<'listPositions'>;
/** Of which account, and in which currency. */
export type SummaryFilters = FiltersOf<'getPortfolioSummary'>;
/** Which transactions. */
export type TransactionFilters = FiltersOf<'listTransactions'>;
/** Which transfers. */
export type TransferFilters = FiltersOf<'listTransfers'>;
/** Trades of which time. */
export type TradeFilters = FiltersOf<'listTrades'>;
/** Which candles. */
export type CandleFilters = FiltersOf<'listCandles'>;
/** Which jobs. */
export type JobFilters = FiltersOf<'listJobs'>;
/** Which deliveries. */
export type DeliveryFilters = FiltersOf<'listWebhookDeliveries'>;
/** Which events of Stripe. */
export type StripeEventFilters = FiltersOf<'listStripeEvents'>;
/** Which orders to cancel at once: one instrument's, one account's, or all. */
export type CancelOrdersFilters = FiltersOf<'cancelOrders'>;
