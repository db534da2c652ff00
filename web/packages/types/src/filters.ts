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

export type OrderFilters = FiltersOf<'listOrders'>;
export type UserFilters = FiltersOf<'listUsers'>;
export type PositionFilters = FiltersOf<'listPositions'>;
export type SummaryFilters = FiltersOf<'getPortfolioSummary'>;
export type TransactionFilters = FiltersOf<'listTransactions'>;
export type TransferFilters = FiltersOf<'listTransfers'>;
export type TradeFilters = FiltersOf<'listTrades'>;
export type CandleFilters = FiltersOf<'listCandles'>;
export type JobFilters = FiltersOf<'listJobs'>;
export type DeliveryFilters = FiltersOf<'listWebhookDeliveries'>;
export type StripeEventFilters = FiltersOf<'listStripeEvents'>;
/** Which orders to cancel at once: one instrument's, one account's, or all. */
export type CancelOrdersFilters = FiltersOf<'cancelOrders'>;
