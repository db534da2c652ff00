import type { Candle, CandleInterval } from '@mytradex/types';

/** The intervals that there are, shortest first. */
export const intervals: readonly CandleInterval[] = ['1m', '5m', '15m', '1h', '1d'];

/** A candle as the chart draws it: its beginning in seconds of UNIX time. */
export interface Bar {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** The candle of the API as a bar. */
export function barOf(candle: Candle): Bar {
  const { open, high, low, close, volume } = candle;
  return { time: Math.floor(Date.parse(candle.timestamp ?? '') / 1000), open, high, low, close, volume };
}

/**
 * From which candle on a chart that has drawn the one list must draw the other; 0 when it must begin anew. Candles are never changed in place,
 * so that what is the same object is the same candle.
 */
export function firstChanged(drawn: readonly Candle[] | undefined, now: readonly Candle[]): number {
  if (!drawn || drawn.length === 0 || now.length < drawn.length) return 0;
  for (let index = 0; index < drawn.length - 1; index++) if (drawn[index] !== now[index]) return 0;
  // The last one may have moved, but not become another.
  return drawn.at(-1)?.timestamp === now[drawn.length - 1]?.timestamp ? drawn.length - 1 : 0;
}
