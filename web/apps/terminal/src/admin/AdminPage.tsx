import type { Me } from '@mytradex/types';
import { Link, Redirect } from 'wouter';
import { useTitle } from '../ui/useTitle.js';
import { InstrumentsAdmin } from './InstrumentsAdmin.js';
import { JobsAdmin } from './JobsAdmin.js';
import { ReconciliationAdmin } from './ReconciliationAdmin.js';
import { UsersAdmin } from './UsersAdmin.js';

const parts = {
  instruments: { name: 'Instruments', permission: 'MANAGE_INSTRUMENTS', show: () => <InstrumentsAdmin /> },
  users: { name: 'Users', permission: 'MANAGE_USERS', show: () => <UsersAdmin /> },
  jobs: { name: 'Jobs', permission: 'MANAGE_SYSTEM', show: () => <JobsAdmin /> },
  books: { name: 'Reconciliation', permission: 'MANAGE_SYSTEM', show: () => <ReconciliationAdmin /> },
} as const;

/** What keeps the venue running, for those who may. */
export default function AdminPage({ me, part }: { me: Me; part: string | undefined }) {
  useTitle('Admin');
  const mine = Object.entries(parts).filter(([, { permission }]) => me.permissions.includes(permission));
  const [first] = mine;
  if (!first) return <p className="empty">Your role has nothing to do here.</p>;
  const shown = mine.find(([key]) => key === part);
  if (!shown) return <Redirect to={`/admin/${first[0]}`} replace />;
  return (
    <div className="page">
      <div className="row">
        <h1>Admin</h1>
        <nav className="row" aria-label="Admin">
          {mine.map(([key, { name }]) => (
            <Link key={key} href={`/admin/${key}`} className={`btn ${key === part ? 'primary' : ''}`} aria-current={key === part ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
      </div>
      {shown[1].show()}
    </div>
  );
}
