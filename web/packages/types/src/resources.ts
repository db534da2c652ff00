import type { components } from './schema.js';

type Schemas = components['schemas'];

/** Who someone is and what they may do: the answer of `GET /auth/me`. */
export type Me = Schemas['Me'];
/** What signing in or refreshing answers; tokens in token mode, the CSRF token in cookie mode. */
export type Session = Schemas['Session'];
export type User = Schemas['User'];
export type UserRole = Schemas['UserRole'];
export type UserStatus = Schemas['UserStatus'];
export type Permission = Schemas['Permission'];

export type Order = Schemas['OrderDto'];
export type Fill = Schemas['FillDto'];
export type OrderPreview = Schemas['OrderPreviewDto'];
export type OrderReason = Schemas['OrderReason'];
export type OrderSide = Schemas['OrderSide'];
export type OrderStatus = Schemas['OrderStatus'];
export type OrderType = Schemas['OrderType'];
export type TimeInForce = Schemas['TimeInForce'];
export type SelfTradePrevention = Schemas['SelfTradePrevention'];
export type Liquidity = Schemas['Liquidity'];
/** How many orders were cancelled at once. */
export type CancelledOrders = Schemas['CancelOrdersDto'];
export type KillSwitch = Schemas['KillSwitchDto'];

export type Instrument = Schemas['InstrumentDto'];
export type MarketStatus = Schemas['MarketStatus'];
export type MarketData = Schemas['MarketDataDto'];
export type Candle = Schemas['CandleDto'];
export type CandleInterval = '1m' | '5m' | '15m' | '1h' | '1d';
export type Trade = Schemas['TradeDto'];
/** One level of a book: price, and the quantity that rests there. */
export type PriceLevel = [price: number, quantity: number];
/** A book's levels, best first. */
export type OrderBook = Omit<Schemas['OrderBookDto'], 'bids' | 'asks'> & { bids: PriceLevel[]; asks: PriceLevel[] };

export type Position = Schemas['PositionDto'];
export type PortfolioSummary = Schemas['PortfolioSummaryDto'];
export type PortfolioPosition = Schemas['PortfolioPositionDto'];

export type Account = Schemas['AccountDto'];
export type AccountBalance = Schemas['AccountBalanceDto'];
export type AccountStatus = Schemas['AccountStatus'];
export type AccountType = Schemas['AccountType'];
export type AccountStatement = Schemas['AccountStatementDto'];
export type StatementTotal = Schemas['StatementTotalDto'];
export type Transaction = Schemas['TransactionDto'];
export type TransactionType = Schemas['TransactionType'];
export type Transfer = Schemas['TransferDto'];
export type TransferStatus = Schemas['TransferStatus'];
export type TransferValidation = Schemas['TransferValidationDto'];
export type Recurrence = Schemas['RecurrenceDto'];
export type RecurrenceFrequency = Schemas['RecurrenceFrequency'];

/** A file that a user has uploaded. Named so since `File` is the browser's. */
export type StoredFile = Schemas['FileDto'];
export type Webhook = Schemas['WebhookDto'];
export type WebhookMessage = Schemas['WebhookMessageDto'];
export type WebhookDelivery = Schemas['WebhookDeliveryDto'];
export type WebhookDeliveryStatus = Schemas['WebhookDeliveryStatus'];

export type Job = Schemas['JobDto'];
export type JobStatus = Schemas['JobStatus'];
export type StripeEvent = Schemas['StripeEventDto'];
export type StripeEventStatus = Schemas['StripeEventStatus'];
export type StateHash = Schemas['StateHashDto'];
export type Reconciliation = Schemas['ReconciliationDto'];
export type ReconciliationRun = Schemas['ReconciliationRunDto'];
/** What `GET /about` tells before anyone has signed in. */
export type AboutServer = Schemas['AboutServer'];
