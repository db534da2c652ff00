import { apiClient, cacheManager, onInvalidated } from '@mytradex/api';
import { QueryClientProvider, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { createQueryClient } from './createQueryClient.js';
import { keys } from './keys.js';
import { keptQueries } from './live/keptQueries.js';
import { liveQueries } from './live/liveQueries.js';
import { useSession } from './session.js';

/** What {@link ApiProvider} takes. */
export interface ApiProviderProps {
  /** One of its own unless given. */
  queryClient?: QueryClient;
  children?: ReactNode;
}

/**
 * Gives the components below it the venue: their queries, the session that they belong to, and realtime that keeps them current.
 * Call `configureApi` before it is rendered.
 */
export function ApiProvider({ queryClient: given, children }: ApiProviderProps): ReactElement {
  const [own] = useState(createQueryClient);
  const queryClient = given ?? own;
  return (
    <QueryClientProvider client={queryClient}>
      <Connected />
      {children}
    </QueryClientProvider>
  );
}

function Connected(): null {
  const queryClient = useQueryClient();
  const { data: me } = useSession();
  const userId = me?.id;

  useEffect(() => {
    const endings = [
      onInvalidated((resources) => {
        for (const resource of resources) void queryClient.invalidateQueries({ queryKey: [resource] });
      }),
      apiClient.session.on('signedIn', () => {
        forgetAll(queryClient);
        void queryClient.invalidateQueries();
      }),
      apiClient.session.on('signedOut', () => {
        forgetAll(queryClient);
        queryClient.setQueryData(keys.session, null);
      }),
    ];
    return () => endings.forEach((end) => end());
  }, [queryClient]);

  useEffect(() => {
    if (userId === undefined) return undefined;
    cacheManager.useFor(userId);
    const endings = [keptQueries(queryClient), liveQueries(queryClient)];
    return () => endings.forEach((end) => end());
  }, [queryClient, userId]);

  return null;
}

/** What one user has seen, the next one must not, nor what is still on its way. */
function forgetAll(queryClient: QueryClient): void {
  void queryClient.cancelQueries();
  for (const query of queryClient.getQueryCache().getAll()) if (query.queryKey[0] !== keys.session[0]) query.reset();
  queryClient.getMutationCache().clear();
}
