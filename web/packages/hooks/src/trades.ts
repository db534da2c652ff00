import { marketData, type ApiError } from '@mytradex/api';
import type { Trade } from '@mytradex/types';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { FrameGatherer } from './frames.js';
import { keys } from './keys.js';
import type { QueryExtras } from './lists.js';
import { useTopics } from './useTopic.js';

/** Trades that a tape holds at most. */
const tapeMax = 200;

/** The tape of a symbol, newest first: the last trades, and each as it happens. Renders once a frame at most. */
export function useTrades(symbol: string | undefined, extras?: QueryExtras<Trade[]>): UseQueryResult<Trade[], ApiError> {
  const queryClient = useQueryClient();
  const queryKey = useMemo(() => keys.trades(symbol ?? ''), [symbol]);
  const gatherer = useMemo(
    () =>
      new FrameGatherer<Trade>((trades) => {
        queryClient.setQueryData<Trade[]>(queryKey, (old) => old && withTrades(old, trades));
      }),
    [queryClient, queryKey],
  );
  useEffect(() => () => gatherer.drop(), [gatherer]);
  useTopics(symbol ? [`trades:${symbol}`] : [], (event) => {
    if (event.type === 'trade:new') gatherer.add(event.payload);
    if (event.type === 'gap') void queryClient.invalidateQueries({ queryKey });
  });
  return useQuery<Trade[], ApiError>({
    queryKey,
    queryFn: async ({ signal }) => (await marketData.trades(symbol ?? '', { size: 100 }, { signal })).data,
    enabled: !!symbol,
    ...extras,
  });
}

function withTrades(tape: Trade[], trades: Trade[]): Trade[] {
  const known = new Set(tape.slice(0, trades.length + 100).map(({ id }) => id));
  const added = trades.filter(({ id }) => !known.has(id)).reverse();
  return added.length === 0 ? tape : [...added, ...tape].slice(0, tapeMax);
}
