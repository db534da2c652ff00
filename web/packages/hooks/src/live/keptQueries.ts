import { cacheManager } from '@mytradex/api';
import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Keeps queries with `meta.keepMs` in the browser, and shows at the next visit what was kept until the server has answered. The answer ends it. */
export function keptQueries(queryClient: QueryClient): () => void {
  return queryClient.getQueryCache().subscribe((event) => {
    const keepMs: unknown = event.query.meta?.keepMs;
    if (typeof keepMs !== 'number') return;
    const queryKey = event.query.queryKey as QueryKey;
    if (event.type === 'added' && event.query.state.data === undefined) {
      void cacheManager.getEntry(nameOf(queryKey)).then((entry) => {
        if (entry && event.query.state.data === undefined) event.query.setData(entry.data, { updatedAt: entry.storedAt, manual: true });
      });
    }
    if (event.type === 'updated' && event.action.type === 'success' && !event.action.manual) void cacheManager.set(nameOf(queryKey), event.query.state.data, keepMs);
  });
}

function nameOf(queryKey: QueryKey): string {
  return `${String(queryKey[0])}:${JSON.stringify(queryKey.slice(1))}`;
}
