import type { Order, OrderFilters } from '@mytradex/types';
import type { QueryClient } from '@tanstack/react-query';
import { keys } from '../keys.js';
import { changeLists } from '../lists.js';

/** Brings an order's latest state into every list and view that shows it, unless they have a later one. */
export function keepOrder(queryClient: QueryClient, order: Order): void {
  queryClient.setQueryData<Order>(keys.order(order.id), (old) => {
    if (!old) return old;
    return isLater(old, order) ? old : { ...order, trades: order.trades ?? old.trades };
  });
  for (const kind of ['page', 'infinite'])
    changeLists<Order>(queryClient, ['orders', kind], (filters) => (entries, isFirstPage) => {
      const known = entries.find(({ id }) => id === order.id);
      const belongs = matches(order, (filters ?? {}) as OrderFilters);
      if (known) {
        if (isLater(known, order)) return entries;
        return belongs ? entries.map((each) => (each === known ? order : each)) : entries.filter((each) => each !== known);
      }
      // Only what is new can be known to belong to the first page.
      return belongs && isFirstPage && (entries[0]?.createdAt ?? '') <= order.createdAt ? [order, ...entries] : entries;
    });
}

function isLater(known: Order, order: Order): boolean {
  return known.sequence > order.sequence;
}

function matches(order: Order, filters: OrderFilters): boolean {
  const { status, symbol, side, accountId, clientOrderId, userId, from, to } = filters;
  return (
    (!status || status.split(',').includes(order.status)) &&
    (!symbol || symbol.toUpperCase() === order.symbol) &&
    (!side || side === order.side) &&
    (!accountId || accountId === order.accountId) &&
    (!clientOrderId || clientOrderId === order.clientOrderId) &&
    (!userId || userId === order.userId) &&
    (!from || Date.parse(from) <= Date.parse(order.createdAt)) &&
    (!to || Date.parse(order.createdAt) < Date.parse(to))
  );
}
