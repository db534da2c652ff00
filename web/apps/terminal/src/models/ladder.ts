import { fromNumber, toText } from './decimal.js';

/** One level of a book, with the quantity of it and all better ones. */
export interface Level {
  readonly price: number;
  readonly quantity: number;
  readonly total: number;
}

/** Both sides of a book, best first. */
export interface Levels {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** One row of the depth ladder. */
export interface LadderRow extends Level {
  /** `total` as a part of the larger side's, 0–1: the length of the bar. */
  part: number;
}

/** What the depth ladder shows. */
export interface Ladder {
  bids: LadderRow[];
  asks: LadderRow[];
  /** Best ask less best bid, as a plain decimal; undefined where a side is empty. */
  spread: string | undefined;
}

/** The best `depth` levels of a book as rows. */
export function ladderOf(book: Levels, priceScale: number, depth: number): Ladder {
  const [bids, asks] = [book.bids.slice(0, depth), book.asks.slice(0, depth)];
  const most = Math.max(bids.at(-1)?.total ?? 0, asks.at(-1)?.total ?? 0);
  // Lengths of bars in whole thousandths: what would not be seen draws nothing anew.
  const rows = (side: readonly Level[]) => side.map((level) => ({ ...level, part: most === 0 ? 0 : Math.round((level.total / most) * 1_000) / 1_000 }));
  const [bid, ask] = [bids[0], asks[0]];
  return { bids: rows(bids), asks: rows(asks), spread: bid && ask && toText(fromNumber(ask.price, priceScale) - fromNumber(bid.price, priceScale), priceScale) };
}
