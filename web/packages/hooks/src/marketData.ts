import { marketData, realtime, type ApiError } from '@mytradex/api';
import type { MarketData } from '@mytradex/types';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useConnectionState } from './connection.js';
import { FrameGatherer } from './frames.js';
import { keys } from './keys.js';
import { readAll, type QueryExtras } from './lists.js';
import { useTopics } from './useTopic.js';

/** Milliseconds after which a price that realtime does not keep current is asked for again. */
const askAgainMs = 5_000;

const askAgain = () => (isCurrent() ? false : askAgainMs);
const isCurrent = () => ['live', 'polling'].includes(realtime.connection.getSnapshot().status);

/** An instrument at a glance, kept current by realtime, and by asking again where that fails. */
export function useMarketData(symbol: string | undefined, extras?: QueryExtras<MarketData>): UseQueryResult<MarketData, ApiError> {
  const queryClient = useQueryClient();
  useTopics(symbol ? [`market:${symbol}`] : [], (event) => {
    if (event.type === 'market:update') queryClient.setQueryData(keys.marketData(symbol ?? ''), event.payload);
    if (event.type === 'gap') void queryClient.invalidateQueries({ queryKey: keys.marketData(symbol ?? '') });
  });
  return useQuery<MarketData, ApiError>({
    queryKey: keys.marketData(symbol ?? ''),
    queryFn: ({ signal }) => marketData.get(symbol ?? '', { signal }),
    enabled: !!symbol,
    staleTime: askAgainMs,
    refetchInterval: askAgain,
    ...extras,
  });
}

/** An instrument at a glance, and whether it is being kept current by socket. */
export function useMarketDataRealtime(symbol: string): { data: MarketData | null; isConnected: boolean } {
  const { data } = useMarketData(symbol);
  return { data: data ?? null, isConnected: useConnectionState().status === 'live' };
}

/** All instruments at a glance, kept current by realtime. Renders once a frame at most. */
export function useAllMarketData(extras?: QueryExtras<MarketData[]>): UseQueryResult<MarketData[], ApiError> {
  const queryClient = useQueryClient();
  const query = useQuery<MarketData[], ApiError>({
    queryKey: keys.allMarketData,
    queryFn: ({ signal }) => readAll((params) => marketData.list(params, { signal })),
    staleTime: askAgainMs,
    refetchInterval: askAgain,
    ...extras,
  });
  const gatherer = useMemo(
    () =>
      new FrameGatherer<MarketData>((gathered) => {
        const latest = new Map(gathered.map((market) => [market.symbol, market]));
        queryClient.setQueryData<MarketData[]>(keys.allMarketData, (old) => old?.map((market) => latest.get(market.symbol) ?? market));
      }),
    [queryClient],
  );
  useEffect(() => () => gatherer.drop(), [gatherer]);
  useTopics(
    (query.data ?? []).map(({ symbol }) => `market:${symbol}` as const),
    (event) => {
      if (event.type === 'gap') void queryClient.invalidateQueries({ queryKey: keys.allMarketData });
      if (event.type === 'market:update') gatherer.add(event.payload);
    },
  );
  return query;
}
