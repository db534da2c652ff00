import type { Levels } from './ladder.js';

/** The outline of a book's depth in a box of 0–1 by 0–1: one point a level, from the middle outwards. */
export interface DepthOutline {
  bids: readonly (readonly [x: number, y: number])[];
  asks: readonly (readonly [x: number, y: number])[];
}

/** Cumulated quantities over price, both sides on one scale, the middle of the book at x = 0.5. Empty for a book without both sides. For drawing alone: places, not amounts. */
export function depthOf({ bids, asks }: Levels): DepthOutline {
  const [bestBid, bestAsk, lastBid, lastAsk] = [bids[0], asks[0], bids.at(-1), asks.at(-1)];
  if (!bestBid || !bestAsk || !lastBid || !lastAsk) return { bids: [], asks: [] };
  const middle = (bestBid.price + bestAsk.price) / 2;
  const reach = Math.max(middle - lastBid.price, lastAsk.price - middle) || 1;
  const most = Math.max(lastBid.total, lastAsk.total) || 1;
  const points = (side: Levels['bids']) => side.map(({ price, total }) => [0.5 + ((price - middle) / reach) * 0.5, total / most] as const);
  return { bids: points(bids), asks: points(asks) };
}
