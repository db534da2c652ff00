import { Emitter } from '../client/Emitter.js';

/** What the server's state is made of, as caches know it: the first word of every key. */
export type Resource =
  | 'session'
  | 'users'
  | 'orders'
  | 'kill-switch'
  | 'portfolio'
  | 'accounts'
  | 'transactions'
  | 'statements'
  | 'transfers'
  | 'instruments'
  | 'market-data'
  | 'candles'
  | 'orderbook'
  | 'trades'
  | 'files'
  | 'webhooks'
  | 'jobs'
  | 'admin';

/** What else is no longer true when a resource has changed. */
export const dependencies: Readonly<Partial<Record<Resource, readonly Resource[]>>> = {
  // An order holds and moves money and shares.
  orders: ['portfolio', 'accounts', 'transactions', 'statements'],
  'kill-switch': ['orders'],
  transfers: ['accounts', 'transactions', 'statements'],
  accounts: ['transactions', 'statements', 'portfolio'],
  instruments: ['market-data'],
  'market-data': ['portfolio'],
  users: ['session'],
  jobs: ['admin'],
};

/** A resource, and all that depends on it, also by way of others. */
export function dependenciesOf(resource: Resource): Resource[] {
  const found = new Set<Resource>([resource]);
  for (const each of found) for (const dependent of dependencies[each] ?? []) found.add(dependent);
  return [...found];
}

const changes = new Emitter<{ invalidated: Resource[] }>();

/** Tells every cache that a resource has changed, and with it what depends on it. */
export function invalidateDependencies(resource: Resource): void {
  changes.emit('invalidated', dependenciesOf(resource));
}

/** Hears what is no longer true; the answer ends it. For caches. */
export function onInvalidated(listener: (resources: Resource[]) => void): () => void {
  return changes.on('invalidated', listener);
}
