import { ApiError } from '@mytradex/api';
import { QueryClient, type QueryClientConfig } from '@tanstack/react-query';
import { translated } from './tanstack4.js';

class VenueQueryClient extends QueryClient {
  override defaultQueryOptions: QueryClient['defaultQueryOptions'] = (options) => QueryClient.prototype.defaultQueryOptions.call(this, translated(options) as never) as never;
}

/**
 * A query client for the venue. The API client repeats what may be repeated, so that queries do not repeat it once more; realtime keeps what is
 * shown current, so that coming back to a window asks for nothing that is fresh.
 */
export function createQueryClient(config: QueryClientConfig = {}): QueryClient {
  return new VenueQueryClient({
    ...config,
    defaultOptions: {
      ...config.defaultOptions,
      queries: {
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        // A query that another one cancelled on the way is asked for again; all else the API client has tried enough.
        retry: (failures, error) => failures < 1 && error instanceof ApiError && error.type === 'CANCELLED',
        refetchOnReconnect: 'always',
        ...config.defaultOptions?.queries,
      },
      // Sent now or failed now: an order kept for when the network is back would be placed at another moment's prices, and by nobody's hand.
      mutations: { retry: false, networkMode: 'always', ...config.defaultOptions?.mutations },
    },
  });
}
