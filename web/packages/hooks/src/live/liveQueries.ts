import { invalidateDependencies, realtime, type Resource } from '@mytradex/api';
import type { RealtimeEvent, SystemAlert, Topic } from '@mytradex/types';
import type { QueryClient } from '@tanstack/react-query';
import { keys } from '../keys.js';
import { keepAccount } from './keepAccount.js';
import { keepOrder } from './keepOrder.js';
import { keepPosition } from './keepPosition.js';
import { keepTransaction } from './keepTransaction.js';

/** Milliseconds over which what is to be read anew is gathered: one fill brings several events. */
const gatherMs = 250;
/** Alerts that are kept at most. */
const alertsMax = 100;

const resources: Partial<Record<Topic, Resource>> = { orders: 'orders', portfolio: 'portfolio', accounts: 'accounts', transactions: 'transactions', alerts: 'instruments' };

/**
 * Keeps the signed-in user's queries current: what the user's own topics tell goes straight into the cache, and after a gap, or a time without a
 * connection, everything of the user is read anew. The answer ends it.
 */
export function liveQueries(queryClient: QueryClient): () => void {
  const due = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const readAnew = (...queryKey: string[]) => {
    due.add(JSON.stringify(queryKey));
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const key of due) void queryClient.invalidateQueries({ queryKey: JSON.parse(key) as string[] });
      due.clear();
    }, gatherMs);
  };

  const hear = (event: RealtimeEvent): void => {
    switch (event.type) {
      case 'order:update':
        keepOrder(queryClient, event.payload);
        // Its fills come with a read alone.
        if (event.payload.filledQuantity > 0) readAnew(...keys.order(event.payload.id));
        break;
      case 'portfolio:update':
        keepPosition(queryClient, event.payload);
        readAnew('portfolio', 'summary');
        break;
      case 'balance:update':
        keepAccount(queryClient, event.payload);
        readAnew('portfolio', 'summary');
        break;
      case 'transaction:new':
        keepTransaction(queryClient, event.payload);
        readAnew('statements', event.payload.accountId);
        if (event.payload.type === 'TRANSFER') readAnew('transfers');
        break;
      case 'alert:system':
        queryClient.setQueryData<SystemAlert[]>(keys.alerts, (old = []) => [event.payload, ...old].slice(0, alertsMax));
        readAnew('instruments');
        break;
      case 'gap': {
        const resource = resources[event.topic as Topic];
        if (resource) invalidateDependencies(resource);
        break;
      }
      default:
    }
  };

  let wasCurrent = true;
  const watch = () => {
    const isCurrent = ['live', 'polling'].includes(realtime.connection.getSnapshot().status);
    // What was missed is told by its events. What they do not tell, and what was read meanwhile and failed, is read anew.
    if (isCurrent && !wasCurrent) for (const resource of ['orders', 'accounts', 'transfers', 'instruments'] as const) invalidateDependencies(resource);
    wasCurrent = isCurrent;
  };

  const endings = (Object.keys(resources) as Topic[]).map((topic) => realtime.subscribe(topic, hear));
  endings.push(realtime.connection.subscribe(watch));
  return () => {
    clearTimeout(timer);
    for (const end of endings) end();
  };
}
