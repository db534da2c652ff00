import type { ApiError } from '@mytradex/api';
import type { Page } from '@mytradex/types';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';

/** Which page by its cursor. */
export interface CursorPaginationParams {
  cursor?: string;
  /** Entries a page, 1–100. */
  limit?: number;
}

/** One page at a time, by its cursor; what was shown stays until the next page is there. */
export function useCursorPaginatedQuery<T>(
  key: readonly unknown[],
  fetchFn: (params: CursorPaginationParams) => Promise<Page<T>>,
  params: CursorPaginationParams = {},
): UseQueryResult<Page<T>, ApiError> {
  return useQuery<Page<T>, ApiError>({ queryKey: [...key, params], queryFn: () => fetchFn(params), placeholderData: keepPreviousData });
}
