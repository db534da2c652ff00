import { useAccount, useCloseAccount, useDeposit, useTransactions } from '@mytradex/hooks';
import { useState } from 'react';
import { Link } from 'wouter';
import { parseDecimal, toNumber } from '../models/decimal.js';
import { dateTime, moneyExact, words } from '../models/format.js';
import { Dialog } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';
import { InfiniteTable } from '../ui/InfiniteTable.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { Signed } from '../ui/Signed.js';
import { Tag } from '../ui/Tag.js';
import { toast } from '../ui/toasts.js';
import { useTitle } from '../ui/useTitle.js';
import { ExportTransactions } from './ExportTransactions.js';
import { Statements } from './Statements.js';

// Money has as many decimals as fees need.
const cashScale = 6;

/** One account: its balance, every line of its ledger, its statements. */
export default function AccountPage({ id }: { id: string }) {
  const account = useAccount(id);
  const lines = useTransactions(id);
  const [asking, setAsking] = useState<'deposit' | 'close'>();
  const it = account.data;
  useTitle(it?.name ?? 'Account');
  if (account.error) return <p className="empty" role="alert">{messageOf(account.error)}</p>;
  return (
    <div className="page">
      <p>
        <Link href="/accounts">← Accounts</Link>
      </p>
      <div className="row">
        <h1>
          {it?.name ?? '…'} <small className="mono soft">{it?.number}</small>
        </h1>
        <Tag status={it?.status} />
        <button type="button" className="btn" onClick={() => setAsking('deposit')}>
          Deposit
        </button>
        <button type="button" className="btn danger" onClick={() => setAsking('close')}>
          Close
        </button>
      </div>
      <dl className="figures">
        <div>
          <dt>Balance</dt>
          <dd>{moneyExact(it?.balance)}</dd>
        </div>
        <div>
          <dt>Available</dt>
          <dd>{moneyExact(it?.available)}</dd>
        </div>
        <div>
          <dt>Held for orders</dt>
          <dd>{moneyExact(it?.held)}</dd>
        </div>
        <div>
          <dt>Type</dt>
          <dd>
            {words(it?.type)} · {it?.currency}
          </dd>
        </div>
      </dl>
      <div className="columns">
        <Panel content="fill"
          title="Transactions"
          aside={<ExportTransactions accountId={id} />}
        >
          <InfiniteTable
            label="Transactions, newest first"
            height="520px"
            template="118px 80px minmax(90px, 1fr) 64px 120px 130px"
            rows={lines.data}
            keyOf={(line) => line.id}
            pages={lines}
            empty="Nothing was booked yet."
            columns={[
              { head: 'Time', cell: (line) => <span className="soft">{dateTime(line.timestamp)}</span> },
              { head: 'Type', cell: (line) => words(line.type) },
              { head: 'Reference', cell: (line) => <span className="soft">{line.reference}</span> },
              { head: 'Asset', cell: (line) => line.asset },
              { head: 'Amount', numeric: true, cell: (line) => <Signed value={line.amount} decimals={line.asset === it?.currency ? 2 : 0} /> },
              { head: 'Balance after', numeric: true, cell: (line) => moneyExact(line.balanceAfter) },
            ]}
          />
        </Panel>
        <Statements accountId={id} />
      </div>
      {asking === 'deposit' ? <Deposit id={id} onClose={() => setAsking(undefined)} /> : asking === 'close' ? <Close id={id} onClose={() => setAsking(undefined)} /> : null}
    </div>
  );
}

function Deposit({ id, onClose }: { id: string; onClose: () => void }) {
  const deposit = useDeposit();
  const [amount, setAmount] = useState('');
  const steps = parseDecimal(amount, cashScale);
  const send = () => {
    if (steps === undefined || steps <= 0n) return;
    deposit.mutate({ id, amount: toNumber(steps, cashScale) }, { onSuccess: () => (toast('The money is there.', 'good'), onClose()) });
  };
  return (
    <Dialog title="Deposit" confirm="Deposit" busy={deposit.isPending} error={messageOf(deposit.error)} onClose={onClose} onConfirm={send}>
      <p className="soft">In Development an account's owner may fund it; elsewhere an administrator does.</p>
      <Field label="Amount" className="num" inputMode="decimal" value={amount} onChange={(event) => setAmount(event.target.value)} error={amount !== '' && (steps === undefined || steps <= 0n) ? 'An amount above zero.' : undefined} />
    </Dialog>
  );
}

function Close({ id, onClose }: { id: string; onClose: () => void }) {
  const close = useCloseAccount();
  const [reason, setReason] = useState('');
  return (
    <Dialog title="Close this account" confirm="Close for good" tone="danger" busy={close.isPending} error={messageOf(close.error)} onClose={onClose} onConfirm={() => close.mutate({ id, reason }, { onSuccess: () => (toast('The account is closed.', 'good'), onClose()) })}>
      <p>An account closes once it has no money, no shares and no open orders.</p>
      <Field label="Reason" value={reason} onChange={(event) => setReason(event.target.value)} />
    </Dialog>
  );
}
