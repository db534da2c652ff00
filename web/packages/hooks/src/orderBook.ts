import { OrderBookFeed, realtime, type BookScales, type FollowedBook } from '@mytradex/api';
import { useMemo, useSyncExternalStore } from 'react';

/**
 * The book of a symbol, by realtime, with every change proved by its checksum. Renders once a frame at most.
 * @param depth Levels of each side.
 * @param scales The instrument, or its `priceScale` alone, where it is known.
 */
export function useOrderBook(symbol: string, depth = 20, scales: BookScales = {}): FollowedBook {
  const { priceScale } = scales;
  const feed = useMemo(() => new OrderBookFeed(realtime, symbol, depth, { priceScale }), [symbol, depth, priceScale]);
  return useSyncExternalStore(feed.subscribe, feed.getSnapshot, feed.getSnapshot);
}
