import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { apiClient } from '@mytradex/api';

export const usePrefetchQueries = () => {
const queryClient = useQueryClient();

const prefetchMarketData = useCallback((symbols: string[]) => {
symbols.forEach(symbol => {
queryClient.prefetchQuery({
queryKey: ['market-data', symbol],
queryFn: () => apiClient.get(`/market-data/${symbol}`).then(res => res.data),
staleTime: 5 * 60 * 1000, // 5 minutes
});
});
}, [queryClient]);

const prefetchUserOrders = useCallback((userId: string) => {
queryClient.prefetchQuery({
queryKey: ['orders', userId],
queryFn: () => apiClient.get('/orders', {
params: { userId, limit: 50 }
}).then(res => res.data),
staleTime: 2 * 60 * 1000, // 2 minutes
});
}, [queryClient]);

return { prefetchMarketData, prefetchUserOrders };
};
