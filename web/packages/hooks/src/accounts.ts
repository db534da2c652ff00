import { accounts, type ApiError } from '@mytradex/api';
import type { Account, AccountStatement, OpenAccountRequest, Transaction, TransactionFilters, UpdateAccountRequest } from '@mytradex/types';
import { useQuery, type QueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys.js';
import { keepAccount } from './live/keepAccount.js';
import { readAll, useInfiniteList, type InfiniteExtras, type InfiniteResult, type QueryExtras } from './lists.js';
import { useWrite, type MutationExtras } from './mutations.js';

/** The user's accounts; realtime keeps their balances current. */
export function useAccounts(extras?: QueryExtras<Account[]>): UseQueryResult<Account[], ApiError> {
  return useQuery<Account[], ApiError>({
    queryKey: keys.accounts,
    queryFn: ({ signal }) => readAll((params) => accounts.getAccounts(params, { signal })),
    ...extras,
  });
}

/** One account. */
export function useAccount(id: string | undefined, extras?: QueryExtras<Account>): UseQueryResult<Account, ApiError> {
  return useQuery<Account, ApiError>({
    queryKey: keys.account(id ?? ''),
    queryFn: ({ signal }) => accounts.getAccountById(id ?? '', { signal }),
    enabled: !!id,
    ...extras,
  });
}

/** Opens an account. */
export function useOpenAccount(extras?: MutationExtras<Account, OpenAccountRequest>): UseMutationResult<Account, ApiError, OpenAccountRequest> {
  return useWrite({ mutationFn: (request) => accounts.openAccount(request), resource: 'accounts', keep }, extras);
}

/** Renames an account. */
export function useUpdateAccount(
  extras?: MutationExtras<Account, UpdateAccountRequest & { id: string }>,
): UseMutationResult<Account, ApiError, UpdateAccountRequest & { id: string }> {
  return useWrite({ mutationFn: ({ id, ...changes }) => accounts.updateAccount(id, changes), resource: 'accounts', keep }, extras);
}

/** Closes an account for good. */
export function useCloseAccount(
  extras?: MutationExtras<Account, { id: string; reason?: string }>,
): UseMutationResult<Account, ApiError, { id: string; reason?: string }> {
  return useWrite({ mutationFn: ({ id, reason }) => accounts.closeAccount(id, reason), resource: 'accounts', keep }, extras);
}

/** Pays money in. Give `idempotencyKey` where a person may press again after a failure whose outcome is unknown. */
export function useDeposit(
  extras?: MutationExtras<Account, { id: string; amount: number; idempotencyKey?: string }>,
): UseMutationResult<Account, ApiError, { id: string; amount: number; idempotencyKey?: string }> {
  return useWrite({ mutationFn: ({ id, amount, idempotencyKey }) => accounts.deposit(id, amount, { idempotencyKey }), resource: 'accounts', keep }, extras);
}

/** The ledger of an account, newest first; realtime adds to it. */
export function useTransactions(accountId: string | undefined, filters: TransactionFilters = {}, extras?: InfiniteExtras<Transaction>): InfiniteResult<Transaction> {
  return useInfiniteList(
    keys.transactions(accountId ?? '', filters),
    (params, signal) => accounts.getAccountTransactions(accountId ?? '', { ...filters, ...params }, { signal }),
    { enabled: !!accountId, ...extras },
  );
}

/** @param month In UTC, such as `2026-11`. */
export function useStatement(accountId: string | undefined, month: string, extras?: QueryExtras<AccountStatement>): UseQueryResult<AccountStatement, ApiError> {
  return useQuery<AccountStatement, ApiError>({
    queryKey: keys.statement(accountId ?? '', month),
    queryFn: ({ signal }) => accounts.getStatement(accountId ?? '', month, { signal }),
    enabled: !!accountId,
    ...extras,
  });
}

function keep(queryClient: QueryClient, account: Account): void {
  keepAccount(queryClient, account);
}
