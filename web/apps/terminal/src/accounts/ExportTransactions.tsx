import { accounts } from '@mytradex/api';
import type { Transaction } from '@mytradex/types';
import { useMutation } from '@tanstack/react-query';
import { toCsv } from '../models/csv.js';
import { messageOf } from '../ui/messageOf.js';
import { save } from '../ui/save.js';
import { toast } from '../ui/toasts.js';

/** Saves every line of an account's ledger as a table, however many there are. */
export function ExportTransactions({ accountId }: { accountId: string }) {
  const run = useMutation({
    mutationFn: async () => {
      const lines: Transaction[] = [];
      for await (const line of accounts.allTransactions(accountId)) lines.push(line);
      const csv = toCsv(
        ['id', 'timestamp', 'type', 'asset', 'amount', 'balanceAfter', 'reference'],
        lines.map((line) => [line.id, line.timestamp, line.type, line.asset, line.amount, line.balanceAfter, line.reference]),
      );
      save(new Blob([csv], { type: 'text/csv' }), `${accountId}.csv`);
      return lines.length;
    },
    onSuccess: (count) => toast(`${count} lines saved.`, 'good'),
    onError: (failure) => toast(messageOf(failure) ?? '', 'bad'),
  });
  return (
    <button type="button" className="btn small" disabled={run.isPending} onClick={() => run.mutate()}>
      {run.isPending ? 'Reading…' : 'Export CSV'}
    </button>
  );
}
