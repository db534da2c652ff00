import type { OrderFilters } from '@mytradex/types';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiClient } from '@mytradex/api';
import type { Order, CreateOrderRequest } from '@mytradex/types';

// Hook for fetching orders
export const useOrders = (filters?: OrderFilters) => {
return useQuery({
queryKey: ['orders', filters],
queryFn: async () => {
const response = await apiClient.get<Order[]>('/orders', {
params: filters
});
return response.data;
},
staleTime: 30000, // 30 seconds
cacheTime: 300000, // 5 minutes
});
};

// Hook for creating orders
export const useCreateOrder = () => {
const queryClient = useQueryClient();

return useMutation({
mutationFn: async (orderData: CreateOrderRequest): Promise<Order> => {
const response = await apiClient.post<Order>('/orders', orderData);
return response.data;
},
onSuccess: (newOrder) => {
// Update orders cache
queryClient.setQueryData(['orders'], (old: Order[] | undefined) => {
return old ? [newOrder, ...old] : [newOrder];
});

// Invalidate related queries
queryClient.invalidateQueries({ queryKey: ['portfolio'] });
},
onError: (error) => {
console.error('Failed to create order:', error);
},
});
};

// Hook for canceling orders
export const useCancelOrder = () => {
const queryClient = useQueryClient();

return useMutation({
mutationFn: async (orderId: string): Promise<Order> => {
const response = await apiClient.delete<Order>(`/orders/${orderId}`);
return response.data;
},
onSuccess: (cancelledOrder) => {
// Update orders cache
queryClient.setQueryData(['orders'], (old: Order[] | undefined) => {
return old?.map(order =>
order.id === cancelledOrder.id ? cancelledOrder : order
);
});
},
});
};
