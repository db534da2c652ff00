import { portfolio, type ApiError } from '@mytradex/api';
import type { PortfolioSummary, Position, PositionFilters, SummaryFilters } from '@mytradex/types';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys.js';
import { readAll, type QueryExtras } from './lists.js';

/** What the user holds; realtime keeps it current. */
export function usePositions(filters: PositionFilters = {}, extras?: QueryExtras<Position[]>): UseQueryResult<Position[], ApiError> {
  return useQuery<Position[], ApiError>({
    queryKey: keys.positions(filters),
    queryFn: ({ signal }) => readAll((params) => portfolio.positions({ ...filters, ...params }, { signal })),
    ...extras,
  });
}

/** What the portfolio is worth and has earned; prices move it, so it is asked for again every few seconds while it is shown. */
export function usePortfolioSummary(filters: SummaryFilters = {}, extras?: QueryExtras<PortfolioSummary>): UseQueryResult<PortfolioSummary, ApiError> {
  return useQuery<PortfolioSummary, ApiError>({
    queryKey: keys.summary(filters),
    queryFn: ({ signal }) => portfolio.summary(filters, { signal }),
    staleTime: 2_000,
    refetchInterval: 5_000,
    ...extras,
  });
}
