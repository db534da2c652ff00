import type {
  CandleFilters,
  DeliveryFilters,
  JobFilters,
  OrderFilters,
  PageParams,
  PositionFilters,
  SummaryFilters,
  TransactionFilters,
  TransferFilters,
  UserFilters,
} from '@mytradex/types';

/** What each query is kept under. The first word is the resource, by which `invalidateDependencies` finds it. */
export const keys = {
  session: ['session'] as const,
  users: (filters: UserFilters & PageParams = {}) => ['users', 'page', filters] as const,
  infiniteUsers: (filters: UserFilters = {}) => ['users', 'infinite', filters] as const,
  user: (id: string) => ['users', 'one', id] as const,

  orders: (filters: OrderFilters & PageParams = {}) => ['orders', 'page', filters] as const,
  infiniteOrders: (filters: OrderFilters = {}) => ['orders', 'infinite', filters] as const,
  order: (id: string) => ['orders', 'one', id] as const,
  killSwitch: ['kill-switch'] as const,

  positions: (filters: PositionFilters = {}) => ['portfolio', 'positions', filters] as const,
  summary: (filters: SummaryFilters = {}) => ['portfolio', 'summary', filters] as const,

  accounts: ['accounts', 'all'] as const,
  account: (id: string) => ['accounts', 'one', id] as const,
  transactions: (accountId: string, filters: TransactionFilters = {}) => ['transactions', accountId, filters] as const,
  statement: (accountId: string, month: string) => ['statements', accountId, month] as const,
  transfers: (filters: TransferFilters = {}) => ['transfers', 'infinite', filters] as const,

  instruments: ['instruments', 'all'] as const,
  instrument: (symbol: string) => ['instruments', 'one', symbol] as const,
  marketData: (symbol: string) => ['market-data', symbol] as const,
  allMarketData: ['market-data', 'all of them'] as const,
  candles: (symbol: string, filters: CandleFilters) => ['candles', symbol, filters] as const,
  trades: (symbol: string) => ['trades', symbol] as const,
  alerts: ['alerts'] as const,

  files: ['files', 'infinite'] as const,
  webhooks: ['webhooks', 'all'] as const,
  deliveries: (webhookId: string, filters: DeliveryFilters = {}) => ['webhooks', 'deliveries', webhookId, filters] as const,
  jobs: (filters: JobFilters = {}) => ['jobs', 'infinite', filters] as const,
};
