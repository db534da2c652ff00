import { realtime } from '@mytradex/api';
import type { Order, RealtimeEvent } from '@mytradex/types';
import { useSyncExternalStore } from 'react';
import { plain, words } from '../models/format.js';

/** Something that happened while one was looking elsewhere. */
export interface Notification {
  id: string;
  text: string;
  tone: 'good' | 'bad' | 'plain';
  at: string;
  symbol: string | undefined;
}

interface Notifications {
  list: readonly Notification[];
  unread: number;
}

const most = 200;
const nothing: Notifications = { list: [], unread: 0 };
let state = nothing;
const listeners = new Set<() => void>();

function change(to: Notifications): void {
  state = to;
  listeners.forEach((listener) => listener());
}

function add(notification: Notification): void {
  if (state.list.some((known) => known.id === notification.id)) return;
  change({ list: [notification, ...state.list].slice(0, most), unread: state.unread + 1 });
}

/** Follows the venue's alerts and what becomes of one's own orders, until the answer is called; then all is forgotten. */
export function followNotifications(): () => void {
  const ends = [realtime.subscribe('alerts', onAlert), realtime.subscribe('orders', onOrder)];
  return () => {
    ends.forEach((end) => end());
    change(nothing);
  };
}

/** Counts all as seen. */
export function readAll(): void {
  if (state.unread > 0) change({ ...state, unread: 0 });
}

/** What has happened, newest first, and how much of it is new. */
export function useNotifications(): Notifications {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

function onAlert(event: RealtimeEvent): void {
  if (event.type !== 'alert:system') return;
  const { message, symbol, timestamp, type } = event.payload;
  add({ id: `alert-${event.sequence}`, text: message, tone: type === 'MARKET_HALTED' ? 'bad' : 'plain', at: timestamp, symbol: symbol ?? undefined });
}

function onOrder(event: RealtimeEvent): void {
  if (event.type !== 'order:update') return;
  const told = tell(event.payload);
  if (told) add({ id: `${event.payload.id}-${event.sequence}`, at: event.timestamp, symbol: event.payload.symbol, ...told });
}

function tell(order: Order): Pick<Notification, 'text' | 'tone'> | undefined {
  const what = `${order.side === 'BUY' ? 'Buy' : 'Sell'} ${plain(order.quantity)} ${order.symbol}`;
  switch (order.status) {
    case 'FILLED':
      return { text: `${what}: filled at ${plain(order.averageFillPrice)}`, tone: 'good' };
    case 'PARTIAL':
      return order.reason === 'TRADED' ? { text: `${what}: ${plain(order.filledQuantity)} filled at ${plain(order.averageFillPrice)}`, tone: 'good' } : undefined;
    case 'REJECTED':
    case 'EXPIRED':
      return { text: `${what}: ${words(order.status).toLowerCase()} – ${words(order.reason).toLowerCase()}`, tone: 'bad' };
    case 'CANCELLED':
      // Who cancels knows; what is cancelled by a rule is news.
      return order.reason === 'CANCEL_REQUESTED' ? undefined : { text: `${what}: cancelled – ${words(order.reason).toLowerCase()}`, tone: 'bad' };
    default:
      return undefined;
  }
}
