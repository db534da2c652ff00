import { cacheManager } from '@mytradex/api';
import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';

/** Keeps queries with `meta.keepMs` in the browser, and shows at the next visit what was kept until the server has answered. The answer ends it. */
export function keptQueries(queryClient: QueryClient): () => void {
  const queries = queryClient.getQueryCache();
  for (const query of queries.getAll()) restore(query);
  return queries.subscribe((event) => {
    if (event.type === 'added') restore(event.query);
    if (event.type === 'updated' && event.action.type === 'success' && !event.action.manual) keep(event.query);
  });
}

function keep({ queryKey, meta, state }: Query): void {
  if (typeof meta?.keepMs === 'number') void cacheManager.set(nameOf(queryKey), state.data, meta.keepMs);
}

function restore(query: Query): void {
  if (typeof query.meta?.keepMs !== 'number' || query.state.data !== undefined) return;
  void cacheManager.getEntry(nameOf(query.queryKey)).then((entry) => {
    if (entry && query.state.data === undefined) query.setData(entry.data, { updatedAt: entry.storedAt, manual: true });
  });
}

function nameOf(queryKey: QueryKey): string {
  return `${String(queryKey[0])}:${JSON.stringify(queryKey.slice(1))}`;
}
