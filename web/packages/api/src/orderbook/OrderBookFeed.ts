import type { RealtimeEvent } from '@mytradex/types';
import type { ApiError } from '../client/ApiError.js';
import type { RealtimeClient } from '../realtime/RealtimeClient.js';
import { OrderBook, type BookScales, type BookView } from './OrderBook.js';

/** A book as it is followed. */
export interface FollowedBook {
  /** The best levels; undefined until there is a proved book. */
  readonly view: BookView | undefined;
  /** How often the book did not fit and was asked for anew. */
  readonly resyncs: number;
  /** Why it cannot be followed. */
  readonly error: ApiError | undefined;
}

const nothing: FollowedBook = { view: undefined, resyncs: 0, error: undefined };

/**
 * Follows the book of one symbol, while somebody listens, and proves every change of it. Made for React's `useSyncExternalStore`; a listener is
 * called once a frame at most.
 */
export class OrderBookFeed {
  readonly #realtime: RealtimeClient;
  readonly #book: OrderBook;
  readonly #depth: number;
  readonly #listeners = new Set<() => void>();
  #state = nothing;
  #resyncs = 0;
  #error: ApiError | undefined;
  #isDue = false;
  #end: (() => void) | undefined;

  constructor(realtime: RealtimeClient, symbol: string, depth = 20, scales?: BookScales) {
    this.#realtime = realtime;
    this.#book = new OrderBook(symbol, scales);
    this.#depth = depth;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#end ??= this.#realtime.subscribe(`orderbook:${this.#book.symbol}`, this.#onEvent, this.#onRefused);
    // One who comes after the others may have missed the only snapshot that there is.
    if (this.#book.sequence === undefined) this.#realtime.resync(`orderbook:${this.#book.symbol}`);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#end?.();
      this.#end = undefined;
      this.#book.clear();
      this.#state = nothing;
      this.#resyncs = 0;
      this.#error = undefined;
    };
  };

  readonly getSnapshot = (): FollowedBook => this.#state;

  readonly #onEvent = (event: RealtimeEvent): void => {
    switch (event.type) {
      case 'gap':
        this.#book.clear();
        // The server's own gaps are followed by a whole book; one that this side has noticed is not.
        this.#realtime.resync(`orderbook:${this.#book.symbol}`);
        break;
      case 'orderbook:snapshot':
      case 'orderbook:update': {
        const hadBook = this.#book.sequence !== undefined;
        const outcome = event.type === 'orderbook:snapshot' ? this.#book.reset(event.payload) : this.#book.apply(event.payload);
        if (outcome === 'stale') return;
        // Asked for once: what comes before the new snapshot fits no more than this did.
        if (outcome === 'mismatch' || (outcome === 'hole' && hadBook)) {
          this.#resyncs++;
          this.#realtime.resync(`orderbook:${this.#book.symbol}`);
        }
        break;
      }
      default:
        return;
    }
    this.#tell();
  };

  readonly #onRefused = (error: ApiError): void => {
    this.#error = error;
    this.#tell();
  };

  #tell(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const tell = () => {
      this.#isDue = false;
      if (!this.#end) return;
      this.#state = { view: this.#book.view(this.#depth), resyncs: this.#resyncs, error: this.#error };
      for (const listener of [...this.#listeners]) listener();
    };
    if (typeof requestAnimationFrame === 'function') requestAnimationFrame(tell);
    else setTimeout(tell, 16);
  }
}
