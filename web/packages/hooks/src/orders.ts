import { addExactly, orders, type ApiError } from '@mytradex/api';
import type {
  AmendOrderRequest,
  CancelledOrders,
  CancelOrdersFilters,
  KillSwitch,
  Order,
  OrderFilters,
  OrderPreview,
  Page,
  PageParams,
  PlaceOrderRequest,
} from '@mytradex/types';
import { keepPreviousData, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys.js';
import { changedList, pageEntries, useInfiniteList, type InfiniteExtras, type InfiniteResult, type QueryExtras } from './lists.js';
import { useOptimisticMutation, useWrite, type MutationExtras } from './mutations.js';
import { keepOrder } from './live/keepOrder.js';

/** One page of the user's orders, newest first; realtime keeps it current. */
export function useOrders(filters: OrderFilters & PageParams = {}, extras?: QueryExtras<Page<Order>, Order[]>): UseQueryResult<Order[], ApiError> {
  return useQuery<Page<Order>, ApiError, Order[]>({
    queryKey: keys.orders(filters),
    queryFn: ({ signal }) => orders.list(filters, { signal }),
    select: pageEntries,
    ...extras,
  });
}

/** The user's orders, page after page. */
export function useInfiniteOrders(filters: OrderFilters = {}, extras?: InfiniteExtras<Order>): InfiniteResult<Order> {
  return useInfiniteList(keys.infiniteOrders(filters), (params, signal) => orders.list({ ...filters, ...params }, { signal }), extras);
}

/** One order with its fills. */
export function useOrder(id: string | undefined, extras?: QueryExtras<Order>): UseQueryResult<Order, ApiError> {
  return useQuery<Order, ApiError>({ queryKey: keys.order(id ?? ''), queryFn: ({ signal }) => orders.get(id ?? '', { signal }), enabled: !!id, ...extras });
}

/** Places an order. Give `idempotencyKey` where a person may press again after a failure whose outcome is unknown. */
export function usePlaceOrder(
  extras?: MutationExtras<Order, PlaceOrderRequest & { idempotencyKey?: string }>,
): UseMutationResult<Order, ApiError, PlaceOrderRequest & { idempotencyKey?: string }> {
  return useWrite(
    {
      mutationFn: ({ idempotencyKey, ...request }) => orders.place(request, { idempotencyKey }),
      resource: 'orders',
      keep: (queryClient, order) => keepOrder(queryClient, order),
    },
    extras,
  );
}

/** The same as {@link usePlaceOrder}. */
export const useCreateOrder = usePlaceOrder;

/** What would happen to an order now. Asked anew when the request changes; what was said of the one before stays until then. */
export function usePreviewOrder(request: PlaceOrderRequest | undefined, extras?: QueryExtras<OrderPreview>): UseQueryResult<OrderPreview, ApiError> {
  return useQuery<OrderPreview, ApiError>({
    queryKey: ['orders', 'preview', request],
    queryFn: ({ signal }) => {
      if (!request) throw new TypeError('There is no order to preview.');
      return orders.preview(request, { signal });
    },
    enabled: request !== undefined,
    staleTime: 1_000,
    gcTime: 10_000,
    placeholderData: keepPreviousData,
    ...extras,
  });
}

/** What an amendment changes of an order. */
export type Amendment = AmendOrderRequest & { id: string };

/** Changes price or quantity, shown at once. */
export function useAmendOrder(): UseMutationResult<Order, ApiError, Amendment, unknown> {
  return useOptimisticMutation<Order, Amendment>({
    mutationFn: ({ id, ...changes }) => orders.amend(id, changes),
    resource: 'orders',
    queryKey: ['orders'],
    update: (cached, { id, ...changes }) => changedOrder(cached, id, (order) => amended(order, changes)),
    keep: (queryClient, order) => keepOrder(queryClient, order),
  });
}

/** Cancels one order by its id, shown at once. */
export function useCancelOrder(): UseMutationResult<Order, ApiError, string, unknown> {
  return useOptimisticMutation<Order, string>({
    mutationFn: (id) => orders.cancel(id),
    resource: 'orders',
    queryKey: ['orders'],
    update: (cached, id) => changedOrder(cached, id, (order) => ({ ...order, status: 'CANCELLED' })),
    keep: (queryClient, order) => keepOrder(queryClient, order),
  });
}

/** Cancels all open orders, or those of an instrument or an account. */
export function useCancelAllOrders(
  extras?: MutationExtras<CancelledOrders, Omit<CancelOrdersFilters, 'all'> | void>,
): UseMutationResult<CancelledOrders, ApiError, Omit<CancelOrdersFilters, 'all'> | void> {
  return useWrite({ mutationFn: (filters) => orders.cancelAll(filters ?? {}), resource: 'orders' }, extras);
}

/** Whether the user's kill switch is engaged. */
export function useKillSwitch(extras?: QueryExtras<KillSwitch>): UseQueryResult<KillSwitch, ApiError> {
  return useQuery<KillSwitch, ApiError>({ queryKey: keys.killSwitch, queryFn: ({ signal }) => orders.killSwitch({ signal }), ...extras });
}

/** Engages the kill switch, which cancels all open orders and refuses new ones, or lifts it. */
export function useSetKillSwitch(extras?: MutationExtras<KillSwitch, boolean>): UseMutationResult<KillSwitch, ApiError, boolean> {
  return useWrite(
    {
      mutationFn: (engaged) => orders.setKillSwitch(engaged),
      resource: 'kill-switch',
      keep: (queryClient, killSwitch) => queryClient.setQueryData(keys.killSwitch, killSwitch),
    },
    extras,
  );
}

function changedOrder(cached: unknown, id: string, change: (order: Order) => Order): unknown {
  if (isOrder(cached)) return cached.id === id ? change(cached) : cached;
  if (cached === null || typeof cached !== 'object') return cached;
  return changedList<Order, Page<Order>>(cached as Page<Order>, (entries) =>
    entries.some((order) => order.id === id) ? entries.map((order) => (order.id === id ? change(order) : order)) : entries,
  );
}

function isOrder(cached: unknown): cached is Order {
  return cached !== null && typeof cached === 'object' && 'orderType' in cached && 'id' in cached;
}

function amended(order: Order, { quantity, price, stopPrice }: AmendOrderRequest): Order {
  const total = quantity ?? order.quantity;
  return { ...order, quantity: total, remainingQuantity: addExactly(total, -order.filledQuantity), price: price ?? order.price, stopPrice: stopPrice ?? order.stopPrice };
}
