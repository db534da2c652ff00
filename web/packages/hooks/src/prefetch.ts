import { instruments, marketData, orders } from '@mytradex/api';
import type { CandleInterval, OrderFilters } from '@mytradex/types';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { keys } from './keys.js';

/** Reads ahead what a pointer that hovers, or a focus, is about to ask for. */
export interface Prefetches {
  prefetchMarketData: (symbols: string[]) => void;
  prefetchInstrument: (symbol: string) => void;
  prefetchCandles: (symbol: string, interval: CandleInterval, limit?: number) => void;
  prefetchOrder: (id: string) => void;
  prefetchOrders: (filters?: OrderFilters) => void;
}

/** Functions that read ahead; what is fresh already is not asked for. */
export function usePrefetch(): Prefetches {
  const queryClient = useQueryClient();
  return useMemo(() => {
    const staleTime = 30_000;
    return {
      prefetchMarketData: (symbols) => {
        for (const symbol of symbols)
          void queryClient.prefetchQuery({ queryKey: keys.marketData(symbol), queryFn: ({ signal }) => marketData.get(symbol, { signal }), staleTime });
      },
      prefetchInstrument: (symbol) =>
        void queryClient.prefetchQuery({ queryKey: keys.instrument(symbol), queryFn: ({ signal }) => instruments.get(symbol, { signal }), staleTime }),
      prefetchCandles: (symbol, interval, limit) => {
        const filters = { interval, from: undefined, to: undefined, limit };
        void queryClient.prefetchQuery({ queryKey: keys.candles(symbol, filters), queryFn: ({ signal }) => marketData.candles(symbol, filters, { signal }), staleTime });
      },
      prefetchOrder: (id) => void queryClient.prefetchQuery({ queryKey: keys.order(id), queryFn: ({ signal }) => orders.get(id, { signal }), staleTime }),
      prefetchOrders: (filters = {}) =>
        void queryClient.prefetchQuery({ queryKey: keys.orders(filters), queryFn: ({ signal }) => orders.list(filters, { signal }), staleTime }),
    };
  }, [queryClient]);
}
