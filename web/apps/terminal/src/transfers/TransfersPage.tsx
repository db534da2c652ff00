import { useAccounts, useCancelTransfer, useTransfers } from '@mytradex/hooks';
import type { Transfer } from '@mytradex/types';
import { dateTime, moneyExact, words } from '../models/format.js';
import { InfiniteTable } from '../ui/InfiniteTable.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { Tag } from '../ui/Tag.js';
import { toast } from '../ui/toasts.js';
import { useTitle } from '../ui/useTitle.js';
import { SendMoney } from './SendMoney.js';

/** Money sent: now, later, again and again; and what became of it. */
export default function TransfersPage() {
  useTitle('Transfers');
  const transfers = useTransfers();
  const accounts = useAccounts();
  const names = new Map(accounts.data?.map((account) => [account.id, account.name]));
  const cancel = useCancelTransfer();
  return (
    <div className="page">
      <div className="row">
        <h1>Transfers</h1>
      </div>
      <div className="columns doing">
        <Panel content="fill" title="History">
          <InfiniteTable
            label="Transfers, newest first"
            height="600px"
            template="118px minmax(170px, 1.6fr) minmax(80px, 1fr) 110px 84px 70px"
            rows={transfers.data}
            keyOf={(transfer) => transfer.id}
            pages={transfers}
            empty="No money was sent yet."
            columns={[
              { head: 'Time', cell: (transfer) => <span className="soft">{dateTime(transfer.completedAt ?? transfer.runAt ?? transfer.createdAt)}</span> },
              { head: 'From → to', cell: (transfer) => <Way transfer={transfer} names={names} /> },
              { head: 'Memo', cell: (transfer) => <span title={transfer.memo ?? undefined}>{transfer.memo}</span> },
              { head: 'Amount', numeric: true, cell: (transfer) => `${moneyExact(transfer.amount)} ${transfer.currency}` },
              { head: 'Status', cell: (transfer) => <span title={transfer.failureCode ? words(transfer.failureCode) : undefined}><Tag status={transfer.status} /></span> },
              {
                head: <span className="sr">Cancel</span>,
                numeric: true,
                cell: (transfer) =>
                  transfer.status === 'scheduled' ? (
                    <button type="button" className="btn danger small" disabled={cancel.isPending} onClick={() => cancel.mutate({ id: transfer.id, reason: 'Cancelled in the terminal' }, { onSuccess: () => toast('Cancelled, and what would have followed.', 'good'), onError: (failure) => toast(messageOf(failure) ?? '', 'bad') })}>
                      Cancel
                    </button>
                  ) : null,
              },
            ]}
          />
        </Panel>
        <SendMoney />
      </div>
    </div>
  );
}

/** From where to where: one's own accounts by name, others by id. */
function Way({ transfer, names }: { transfer: Transfer; names: ReadonlyMap<string, string> }) {
  const way = `${names.get(transfer.fromAccountId) ?? transfer.fromAccountId} → ${names.get(transfer.toAccountId) ?? transfer.toAccountId}`;
  return (
    <span title={way}>
      {way}
      {transfer.recurrence ? <span className="soft"> · {transfer.recurrence.frequency.toLowerCase()}</span> : null}
    </span>
  );
}
