import type { Account } from '@mytradex/types';
import type { QueryClient } from '@tanstack/react-query';
import { keys } from '../keys.js';

/** Brings an account's latest state into every query that shows it. */
export function keepAccount(queryClient: QueryClient, account: Account): void {
  queryClient.setQueryData<Account>(keys.account(account.id), (old) => old && account);
  queryClient.setQueryData<Account[]>(keys.accounts, (old) =>
    old?.some(({ id }) => id === account.id) ? old.map((each) => (each.id === account.id ? account : each)) : old && [...old, account],
  );
}
