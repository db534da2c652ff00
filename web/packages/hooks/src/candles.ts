import { addExactly, marketData, type ApiError } from '@mytradex/api';
import type { Candle, CandleInterval, Trade } from '@mytradex/types';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { FrameGatherer } from './frames.js';
import { keys } from './keys.js';
import type { QueryExtras } from './lists.js';
import { useTopics } from './useTopic.js';

const intervalMs: Record<CandleInterval, number> = { '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000, '1d': 86_400_000 };
const keepMs = 24 * 60 * 60_000;

/** Which candles. */
export interface CandleRange {
  /** Those that begin at or after this instant. */
  from?: string;
  /** Those that begin before this instant; the last one then moves no more. */
  to?: string;
  /** The most recent so many, at most 1,500; 500 unless set. */
  limit?: number;
}

/** The candles of a symbol, oldest first; the last one moves with every trade. */
export function useCandles(
  symbol: string | undefined,
  interval: CandleInterval,
  range: CandleRange = {},
  extras?: QueryExtras<Candle[]>,
): UseQueryResult<Candle[], ApiError> {
  const queryClient = useQueryClient();
  const { from, to, limit } = range;
  const queryKey = useMemo(() => keys.candles(symbol ?? '', { interval, from, to, limit }), [symbol, interval, from, to, limit]);
  const gatherer = useMemo(
    () =>
      new FrameGatherer<Trade>((trades) => {
        queryClient.setQueryData<Candle[]>(queryKey, (old) => old && trades.reduce((candles, trade) => withTrade(candles, trade, interval), old));
      }),
    [queryClient, queryKey, interval],
  );
  useEffect(() => () => gatherer.drop(), [gatherer]);
  useTopics(symbol && !to ? [`trades:${symbol}`] : [], (event) => {
    if (event.type === 'trade:new') gatherer.add(event.payload);
    if (event.type === 'gap') void queryClient.invalidateQueries({ queryKey });
  });
  return useQuery<Candle[], ApiError>({
    queryKey,
    queryFn: ({ signal }) => marketData.candles(symbol ?? '', { interval, from, to, limit }, { signal }),
    enabled: !!symbol,
    // Trades add to what was read; reading again now and then makes good what fell between reading and following.
    refetchInterval: 60_000,
    meta: { keepMs },
    ...extras,
  });
}

/** Candles after one more trade. One that is older than the last candle was in it when it was read. */
export function withTrade(candles: Candle[], trade: Trade, interval: CandleInterval): Candle[] {
  const last = candles.at(-1);
  const beginsMs = Math.floor(Date.parse(trade.timestamp) / intervalMs[interval]) * intervalMs[interval];
  const { price, quantity } = trade;
  if (!last || beginsMs > Date.parse(last.timestamp))
    return [...candles, { timestamp: new Date(beginsMs).toISOString(), open: price, high: price, low: price, close: price, volume: quantity, trades: 1 }];
  if (beginsMs < Date.parse(last.timestamp)) return candles;
  const moved: Candle = {
    ...last,
    high: Math.max(last.high, price),
    low: Math.min(last.low, price),
    close: price,
    volume: addExactly(last.volume, quantity),
    trades: last.trades + 1,
  };
  return [...candles.slice(0, -1), moved];
}
