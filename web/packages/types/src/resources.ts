import type { components } from './schema.js';

type Schemas = components['schemas'];

/** Who someone is and what they may do: the answer of `GET /auth/me`. */
export type Me = Schemas['Me'];
/** What signing in or refreshing answers; tokens in token mode, the CSRF token in cookie mode. */
export type Session = Schemas['Session'];
/** A user as others who may see them do. */
export type User = Schemas['User'];
/** What a user is for; decides what they may do. */
export type UserRole = Schemas['UserRole'];
/** Whether a user may use the venue. */
export type UserStatus = Schemas['UserStatus'];
/** One thing that a user may do. */
export type Permission = Schemas['Permission'];

/** An order in its latest state. */
export type Order = Schemas['OrderDto'];
/** One match of an order, from its owner's side. */
export type Fill = Schemas['FillDto'];
/** What would happen to an order now. */
export type OrderPreview = Schemas['OrderPreviewDto'];
/** Why an order is in its state. */
export type OrderReason = Schemas['OrderReason'];
/** Whether an order buys or sells. */
export type OrderSide = Schemas['OrderSide'];
/** Where an order is in its life; `NEW` and `PARTIAL` are open. */
export type OrderStatus = Schemas['OrderStatus'];
/** How an order finds its price. */
export type OrderType = Schemas['OrderType'];
/** How long an order works. */
export type TimeInForce = Schemas['TimeInForce'];
/** What an order does on meeting another one of its own user. */
export type SelfTradePrevention = Schemas['SelfTradePrevention'];
/** Whether an order rested (`MAKER`) or arrived (`TAKER`). */
export type Liquidity = Schemas['Liquidity'];
/** How many orders were cancelled at once. */
export type CancelledOrders = Schemas['CancelOrdersDto'];
/** Whether the user's new orders are refused. */
export type KillSwitch = Schemas['KillSwitchDto'];

/** What can be traded, with the rules that an order must keep to. */
export type Instrument = Schemas['InstrumentDto'];
/** Whether an instrument trades now. */
export type MarketStatus = Schemas['MarketStatus'];
/** An instrument at a glance. */
export type MarketData = Schemas['MarketDataDto'];
/** The trades of an interval, summed up. */
export type Candle = Schemas['CandleDto'];
/** How long a candle is. */
export type CandleInterval = '1m' | '5m' | '15m' | '1h' | '1d';
/** One match, as everybody may see it. */
export type Trade = Schemas['TradeDto'];
/** One level of a book: price, and the quantity that rests there. */
export type PriceLevel = [price: number, quantity: number];
/** A book's levels, best first. */
export type OrderBook = Omit<Schemas['OrderBookDto'], 'bids' | 'asks'> & { bids: PriceLevel[]; asks: PriceLevel[] };

/** Shares of one instrument on one account. */
export type Position = Schemas['PositionDto'];
/** What the user holds and has earned, in one currency. */
export type PortfolioSummary = Schemas['PortfolioSummaryDto'];
/** A position within the summary. */
export type PortfolioPosition = Schemas['PortfolioPositionDto'];

/** Cash in one currency, with the shares that are traded from it. */
export type Account = Schemas['AccountDto'];
/** Money of an account at one moment. */
export type AccountBalance = Schemas['AccountBalanceDto'];
/** Whether an account can be used. */
export type AccountStatus = Schemas['AccountStatus'];
/** What an account is for; orders need `TRADING`. */
export type AccountType = Schemas['AccountType'];
/** A month of an account's money. */
export type AccountStatement = Schemas['AccountStatementDto'];
/** A month's transactions of one type. */
export type StatementTotal = Schemas['StatementTotalDto'];
/** One line of the ledger on an account. */
export type Transaction = Schemas['TransactionDto'];
/** What a line of the ledger is of. */
export type TransactionType = Schemas['TransactionType'];
/** Money sent from account to account. */
export type Transfer = Schemas['TransferDto'];
/** Where a transfer is in its life. */
export type TransferStatus = Schemas['TransferStatus'];
/** Whether a transfer would go through. */
export type TransferValidation = Schemas['TransferValidationDto'];
/** How a scheduled transfer happens again. */
export type Recurrence = Schemas['RecurrenceDto'];
/** The step of a recurrence. */
export type RecurrenceFrequency = Schemas['RecurrenceFrequency'];

/** A file that a user has uploaded. Named so since `File` is the browser's. */
export type StoredFile = Schemas['FileDto'];
/** An address that the venue calls when something happens. */
export type Webhook = Schemas['WebhookDto'];
/** What a webhook was told. */
export type WebhookMessage = Schemas['WebhookMessageDto'];
/** One message to one webhook, with what became of it. */
export type WebhookDelivery = Schemas['WebhookDeliveryDto'];
/** Where a delivery is in its life. */
export type WebhookDeliveryStatus = Schemas['WebhookDeliveryStatus'];

/** A piece of background work. */
export type Job = Schemas['JobDto'];
/** Where a job is in its life. */
export type JobStatus = Schemas['JobStatus'];
/** An event that Stripe has sent. */
export type StripeEvent = Schemas['StripeEventDto'];
/** What became of an event of Stripe. */
export type StripeEventStatus = Schemas['StripeEventStatus'];
/** The digest of the venue's state at a sequence. */
export type StateHash = Schemas['StateHashDto'];
/** Whether the books agree with each other. */
export type Reconciliation = Schemas['ReconciliationDto'];
/** One comparison of the books. */
export type ReconciliationRun = Schemas['ReconciliationRunDto'];
/** What `GET /about` tells before anyone has signed in. */
export type AboutServer = Schemas['AboutServer'];
