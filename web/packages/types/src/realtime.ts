import type { Account, MarketData, Order, PriceLevel, Position, Trade, Transaction } from './resources.js';
import type { components } from './schema.js';

/** The levels of a book that changed, each with the quantity that it has now; 0 means that it is gone. */
export interface OrderBookChange {
  symbol: string;
  /** The book's own count of changes; the next change begins with one more than `sequence`. */
  firstSequence: number;
  sequence: number;
  timestamp: string;
  bids: PriceLevel[];
  asks: PriceLevel[];
  /** CRC-32 of the book after it: the best ten bids, then the best ten asks. */
  checksum: number;
}

/** A market is halted or trades again. */
export interface SystemAlert {
  type: string;
  message: string;
  symbol?: string;
  timestamp: string;
}

/** Events of a topic were lost: what follows is whole, what was held before is not. */
export interface Gap {
  topic: string;
  /** The last sequence that is lost. */
  missedThrough: number;
}

/** The last sequence of every topic followed. */
export interface Heartbeat {
  sequences: Record<string, number>;
}

/** What each event of a topic tells. */
export interface EventPayloads {
  'market:update': MarketData;
  'orderbook:snapshot': OrderBookChange;
  'orderbook:update': OrderBookChange;
  'trade:new': Trade;
  'order:update': Order;
  'portfolio:update': Position;
  'balance:update': Account;
  'transaction:new': Transaction;
  'alert:system': SystemAlert;
  gap: Gap;
}

/** The name of an event. */
export type EventType = keyof EventPayloads;

/** A topic that can be followed. */
export type Topic =
  | `market:${string}`
  | `orderbook:${string}`
  | `trades:${string}`
  | 'orders'
  | 'portfolio'
  | 'accounts'
  | 'transactions'
  | 'alerts';

/** One event of a topic. */
export type RealtimeEvent = {
  [Type in EventType]: {
    type: Type;
    topic: string;
    /** Only where one event stands for several numbers: the first of them. */
    firstSequence?: number;
    /** The topic's own count, without holes. */
    sequence: number;
    /** The place among all events: what one who comes back goes on from. */
    cursor: string;
    /** UTC, ISO 8601. */
    timestamp: string;
    payload: EventPayloads[Type];
  };
}[EventType];

/** The answer of a long poll. */
export type PollAnswer = Omit<components['schemas']['PollDto'], 'events'> & { events: RealtimeEvent[] };
