import type { OrderBookChange, PriceLevel } from '@mytradex/types';
import { crc32 } from './crc32.js';
import { addExactly, plain, toScaled } from './decimal.js';

/** One level as a ladder shows it. */
export interface BookLevel {
  readonly price: number;
  readonly quantity: number;
  /** Quantity of this level and all better ones. */
  readonly total: number;
}

/** A book at one moment; it never changes. */
export interface BookView {
  readonly symbol: string;
  readonly sequence: number;
  /** Best first. */
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** What became of a change: `stale` was known already, `hole` has something missing before it, `mismatch` does not lead to the server's book. */
export type BookOutcome = 'applied' | 'stale' | 'hole' | 'mismatch';

/** How exactly a book counts. */
export interface BookScales {
  /** Decimals of a price: the instrument's `priceScale`. 8 unless set, which fits every instrument with prices below 90 million. */
  priceScale?: number;
}

const provedLevels = 10;

interface Level {
  key: number;
  price: number;
  quantity: number;
}

/**
 * A book kept from a snapshot and its changes, and proved by the checksum of each. After a `hole` or a `mismatch` it holds nothing until
 * the next snapshot: a wrong book is worse than none.
 */
export class OrderBook {
  readonly symbol: string;
  readonly #priceScale: number;
  #bids: Level[] = [];
  #asks: Level[] = [];
  #sequence: number | undefined;
  #views = new Map<number, BookView>();

  constructor(symbol: string, { priceScale = 8 }: BookScales = {}) {
    this.symbol = symbol;
    this.#priceScale = priceScale;
  }

  /** The book's own count of changes, or undefined while there is no book. */
  get sequence(): number | undefined {
    return this.#sequence;
  }

  /** Replaces everything. */
  reset(snapshot: OrderBookChange): BookOutcome {
    this.clear();
    this.#bids = this.#levels(snapshot.bids, -1);
    this.#asks = this.#levels(snapshot.asks, 1);
    return this.#proved(snapshot);
  }

  /** Applies the changes of some levels. */
  apply(change: OrderBookChange): BookOutcome {
    if (this.#sequence === undefined) return 'hole';
    if (change.sequence <= this.#sequence) return 'stale';
    if (change.firstSequence > this.#sequence + 1) {
      this.clear();
      return 'hole';
    }
    for (const level of change.bids) this.#put(this.#bids, level, -1);
    for (const level of change.asks) this.#put(this.#asks, level, 1);
    return this.#proved(change);
  }

  /** Forgets the book. */
  clear(): void {
    this.#bids = [];
    this.#asks = [];
    this.#sequence = undefined;
    this.#views.clear();
  }

  /** The best levels of each side, the same object until the book changes; undefined while there is none. */
  view(depth = 20): BookView | undefined {
    if (this.#sequence === undefined) return undefined;
    let view = this.#views.get(depth);
    if (!view) {
      view = { symbol: this.symbol, sequence: this.#sequence, bids: this.#best(this.#bids, depth), asks: this.#best(this.#asks, depth) };
      this.#views.set(depth, view);
    }
    return view;
  }

  /** The CRC-32 that the server would have of this book. */
  checksum(): number {
    const best = [...this.#bids.slice(0, provedLevels), ...this.#asks.slice(0, provedLevels)];
    return crc32(best.map(({ price, quantity }) => `${plain(price)}:${plain(quantity)}|`).join(''));
  }

  #proved(change: OrderBookChange): BookOutcome {
    if (this.checksum() !== change.checksum) {
      this.clear();
      return 'mismatch';
    }
    this.#sequence = change.sequence;
    this.#views.clear();
    return 'applied';
  }

  #levels(levels: readonly PriceLevel[], direction: 1 | -1): Level[] {
    return levels
      .map(([price, quantity]) => ({ key: this.#keyOf(price, direction), price, quantity }))
      .sort((left, right) => left.key - right.key);
  }

  // Sides are kept by a key that grows from the best price on, so that both are searched alike.
  #keyOf(price: number, direction: 1 | -1): number {
    return toScaled(price, this.#priceScale) * direction;
  }

  #put(side: Level[], [price, quantity]: PriceLevel, direction: 1 | -1): void {
    const key = this.#keyOf(price, direction);
    let [low, high] = [0, side.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((side[middle]?.key ?? Infinity) < key) low = middle + 1;
      else high = middle;
    }
    const isKnown = side[low]?.key === key;
    if (quantity === 0) {
      if (isKnown) side.splice(low, 1);
    } else {
      side.splice(low, isKnown ? 1 : 0, { key, price, quantity });
    }
  }

  #best(side: readonly Level[], depth: number): BookLevel[] {
    let total = 0;
    return side.slice(0, depth).map(({ price, quantity }) => ({ price, quantity, total: (total = addExactly(total, quantity)) }));
  }
}
