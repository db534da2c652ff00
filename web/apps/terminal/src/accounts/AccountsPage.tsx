import { useAccounts, useOpenAccount } from '@mytradex/hooks';
import type { AccountType } from '@mytradex/types';
import { useState } from 'react';
import { Link } from 'wouter';
import { moneyExact, words } from '../models/format.js';
import { DataTable } from '../ui/DataTable.js';
import { Dialog } from '../ui/Dialog.js';
import { Choice, Field } from '../ui/Field.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { Tag } from '../ui/Tag.js';
import { toast } from '../ui/toasts.js';
import { useTitle } from '../ui/useTitle.js';

/** Where one's money is. */
export default function AccountsPage() {
  useTitle('Accounts');
  const accounts = useAccounts();
  const [opening, setOpening] = useState(false);
  return (
    <div className="page">
      <div className="row">
        <h1>Accounts</h1>
        <Link href="/transfers" className="btn">
          Send money
        </Link>
        <button type="button" className="btn primary" onClick={() => setOpening(true)}>
          Open an account
        </button>
      </div>
      <Panel title="Yours">
        <DataTable
          caption="Accounts"
          rows={accounts.data}
          keyOf={(account) => account.id}
          empty="You have no account."
          columns={[
            { head: 'Name', cell: (account) => <Link href={`/accounts/${account.id}`}>{account.name}</Link> },
            { head: 'Number', cell: (account) => <span className="mono">{account.number.replace(/(....)(?=.)/g, '$1 ')}</span> },
            { head: 'Type', wide: true, cell: (account) => words(account.type) },
            { head: 'Available', numeric: true, wide: true, cell: (account) => moneyExact(account.available) },
            { head: 'Held', numeric: true, wide: true, cell: (account) => moneyExact(account.held) },
            { head: 'Balance', numeric: true, cell: (account) => moneyExact(account.balance) },
            { head: 'Currency', wide: true, cell: (account) => account.currency },
            { head: 'Status', wide: true, cell: (account) => <Tag status={account.status} /> },
          ]}
        />
      </Panel>
      {opening ? <OpenAccount onClose={() => setOpening(false)} /> : null}
    </div>
  );
}

function OpenAccount({ onClose }: { onClose: () => void }) {
  const open = useOpenAccount();
  const [name, setName] = useState('');
  const [type, setType] = useState<AccountType>('CHECKING');
  return (
    <Dialog
      title="Open an account"
      confirm="Open"
      busy={open.isPending}
      error={messageOf(open.error)}
      onClose={onClose}
      onConfirm={() => open.mutate({ name, type }, { onSuccess: (account) => (toast(`${account.name} is open: ${account.number}`, 'good'), onClose()) })}
    >
      <Field label="Name" value={name} onChange={(event) => setName(event.target.value)} placeholder="Savings for the summer" />
      <Choice label="Type" value={type} onChange={(event) => setType(event.target.value as AccountType)}>
        {(['TRADING', 'CHECKING', 'SAVINGS'] as const).map((one) => (
          <option key={one} value={one}>
            {words(one)}
          </option>
        ))}
      </Choice>
    </Dialog>
  );
}
