import { transfers, type ApiError } from '@mytradex/api';
import type { ScheduleTransferRequest, Transfer, TransferFilters, TransferRequest, TransferValidation } from '@mytradex/types';
import { keepPreviousData, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys.js';
import { changedList, useInfiniteList, type InfiniteExtras, type InfiniteResult, type QueryExtras } from './lists.js';
import { useOptimisticMutation, useWrite, type MutationExtras } from './mutations.js';

/** What was sent, scheduled and received, newest first. */
export function useTransfers(filters: TransferFilters = {}, extras?: InfiniteExtras<Transfer>): InfiniteResult<Transfer> {
  return useInfiniteList(keys.transfers(filters), (params, signal) => transfers.getTransferHistory({ ...filters, ...params }, { signal }), extras);
}

/** Whether a transfer would go through; asked anew when the request changes. */
export function useValidateTransfer(request: TransferRequest | undefined, extras?: QueryExtras<TransferValidation>): UseQueryResult<TransferValidation, ApiError> {
  return useQuery<TransferValidation, ApiError>({
    queryKey: ['transfers', 'validation', request],
    queryFn: ({ signal }) => {
      if (!request) throw new TypeError('There is no transfer to validate.');
      return transfers.validateTransfer(request, { signal });
    },
    enabled: request !== undefined,
    staleTime: 1_000,
    gcTime: 10_000,
    placeholderData: keepPreviousData,
    ...extras,
  });
}

/** Sends money. Give `idempotencyKey` where a person may press again after a failure whose outcome is unknown. */
export function useSendTransfer(
  extras?: MutationExtras<Transfer, TransferRequest & { idempotencyKey?: string }>,
): UseMutationResult<Transfer, ApiError, TransferRequest & { idempotencyKey?: string }> {
  return useWrite({ mutationFn: ({ idempotencyKey, ...request }) => transfers.createTransfer(request, { idempotencyKey }), resource: 'transfers' }, extras);
}

/** Has money sent later, once or again and again. */
export function useScheduleTransfer(
  extras?: MutationExtras<Transfer, ScheduleTransferRequest & { idempotencyKey?: string }>,
): UseMutationResult<Transfer, ApiError, ScheduleTransferRequest & { idempotencyKey?: string }> {
  return useWrite({ mutationFn: ({ idempotencyKey, ...request }) => transfers.scheduleTransfer(request, { idempotencyKey }), resource: 'transfers' }, extras);
}

/** Takes back a transfer that is still to come, shown at once. */
export function useCancelTransfer(): UseMutationResult<Transfer, ApiError, { id: string; reason?: string }, unknown> {
  return useOptimisticMutation<Transfer, { id: string; reason?: string }>({
    mutationFn: ({ id, reason }) => transfers.cancelTransfer(id, reason),
    resource: 'transfers',
    queryKey: ['transfers', 'infinite'],
    update: (cached, { id }) =>
      changedList<Transfer, Transfer[]>(cached as Transfer[], (entries) =>
        entries.some((each) => each.id === id) ? entries.map((each) => (each.id === id ? { ...each, status: 'cancelled' } : each)) : entries,
      ),
  });
}
