import { useCancelTransfer, useTransfers } from '@mytradex/hooks';
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
  const cancel = useCancelTransfer();
  return (
    <div className="page">
      <div className="row">
        <h1>Transfers</h1>
      </div>
      <div className="columns">
        <Panel content="fill" title="History">
          <InfiniteTable
            label="Transfers, newest first"
            height="600px"
            template="118px minmax(150px, 1.4fr) minmax(80px, 1fr) 110px 84px 70px"
            rows={transfers.data}
            keyOf={(transfer) => transfer.id}
            pages={transfers}
            empty="No money was sent yet."
            columns={[
              { head: 'Time', cell: (transfer) => <span className="soft">{dateTime(transfer.completedAt ?? transfer.runAt ?? transfer.createdAt)}</span> },
              { head: 'From → to', cell: (transfer) => <Way transfer={transfer} /> },
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

function Way({ transfer }: { transfer: Transfer }) {
  const again = transfer.recurrence ? ` · ${transfer.recurrence.frequency.toLowerCase()}` : '';
  return (
    <>
      {transfer.fromAccountId} → {transfer.toAccountId}
      <span className="soft">{again}</span>
    </>
  );
}
