import type { Transaction, TransactionFilters } from '@mytradex/types';
import type { QueryClient } from '@tanstack/react-query';
import { changeLists } from '../lists.js';

/** Adds a line of the ledger to the top of every list that it belongs to. */
export function keepTransaction(queryClient: QueryClient, transaction: Transaction): void {
  changeLists<Transaction>(queryClient, ['transactions', transaction.accountId], (given) => (entries, isFirstPage) => {
    const { type, asset, from, to } = (given ?? {}) as TransactionFilters;
    const belongs =
      (!type || type.split(',').includes(transaction.type)) &&
      (!asset || asset === transaction.asset) &&
      (!from || Date.parse(from) <= Date.parse(transaction.timestamp)) &&
      (!to || Date.parse(transaction.timestamp) < Date.parse(to));
    return belongs && isFirstPage && !entries.some(({ id }) => id === transaction.id) ? [transaction, ...entries] : entries;
  });
}
