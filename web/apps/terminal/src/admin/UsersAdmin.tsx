import { useCreateUser, useDeleteUser, useUpdateUser, useInfiniteUsers } from '@mytradex/hooks';
import type { User, UserRole } from '@mytradex/types';
import { useState } from 'react';
import { dateTime, words } from '../models/format.js';
import { Dialog } from '../ui/Dialog.js';
import { Choice, Field } from '../ui/Field.js';
import { InfiniteTable } from '../ui/InfiniteTable.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { Tag } from '../ui/Tag.js';
import { toast } from '../ui/toasts.js';
import { useDebounced } from '../ui/useDebounced.js';

const roles: readonly UserRole[] = ['USER', 'TRADER', 'MODERATOR', 'ADMIN'];
const searchAfter = 250;

/** Who is here, what they may do, and whether. */
export function UsersAdmin() {
  const [search, setSearch] = useState('');
  const wanted = useDebounced(search, searchAfter);
  const users = useInfiniteUsers(wanted ? { search: wanted } : {});
  const update = useUpdateUser();
  const remove = useDeleteUser();
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<User>();
  const onError = (failure: unknown) => toast(messageOf(failure) ?? '', 'bad');
  return (
    <Panel content="fill"
      title="Users"
      aside={
        <>
          <input className="input" style={{ width: 180 }} type="search" aria-label="Search users" placeholder="Search" value={search} onChange={(event) => setSearch(event.target.value)} />
          <button type="button" className="btn small" onClick={() => setCreating(true)}>
            New user
          </button>
        </>
      }
    >
      <InfiniteTable
        label="Users"
        height="560px"
        template="72px minmax(140px, 1.4fr) minmax(100px, 1fr) 110px 90px 120px 150px"
        rows={users.data}
        keyOf={(user) => user.id}
        pages={users}
        empty="Nobody fits."
        columns={[
          { head: 'Id', cell: (user) => <span className="soft">{user.id}</span> },
          { head: 'Email', cell: (user) => user.email },
          { head: 'Name', cell: (user) => user.name },
          {
            head: 'Role',
            cell: (user) => (
              <select className="input" style={{ minHeight: 20, padding: 0 }} aria-label={`Role of ${user.email}`} value={user.role} onChange={(event) => update.mutate({ id: user.id, role: event.target.value as UserRole }, { onError })}>
                {roles.map((role) => (
                  <option key={role}>{role}</option>
                ))}
              </select>
            ),
          },
          { head: 'Status', cell: (user) => <Tag status={user.status} /> },
          { head: 'Last sign-in', cell: (user) => <span className="soft">{dateTime(user.lastLogin)}</span> },
          {
            head: <span className="sr">Actions</span>,
            numeric: true,
            cell: (user) => (
              <>
                <button type="button" className="btn small" onClick={() => update.mutate({ id: user.id, status: user.status === 'ACTIVE' ? 'SUSPENDED' : 'ACTIVE' }, { onError })}>
                  {user.status === 'ACTIVE' ? 'Suspend' : 'Let back in'}
                </button>{' '}
                <button type="button" className="btn danger small" onClick={() => setDeleting(user)}>
                  Delete
                </button>
              </>
            ),
          },
        ]}
      />
      {creating ? <CreateUser onClose={() => setCreating(false)} /> : null}
      {deleting ? (
        <Dialog title={`Delete ${deleting.email}?`} confirm="Delete for good" tone="danger" busy={remove.isPending} error={messageOf(remove.error)} onConfirm={() => remove.mutate(deleting.id, { onSuccess: () => setDeleting(undefined) })} onClose={() => setDeleting(undefined)}>
          <p>What they own stays in the books; their sign-in, files and webhooks go.</p>
        </Dialog>
      ) : null}
    </Panel>
  );
}

function CreateUser({ onClose }: { onClose: () => void }) {
  const create = useCreateUser();
  const [form, setForm] = useState({ email: '', name: '', password: '', role: 'TRADER' as UserRole });
  return (
    <Dialog title="New user" confirm="Create" busy={create.isPending} error={messageOf(create.error)} onConfirm={() => create.mutate(form, { onSuccess: onClose })} onClose={onClose}>
      <Field label="Email" type="email" autoComplete="off" value={form.email} onChange={(event) => setForm({ ...form, email: event.target.value })} />
      <Field label="Name" autoComplete="off" value={form.name} onChange={(event) => setForm({ ...form, name: event.target.value })} />
      <Field label="Password" type="password" autoComplete="new-password" value={form.password} onChange={(event) => setForm({ ...form, password: event.target.value })} />
      <Choice label="Role" value={form.role} onChange={(event) => setForm({ ...form, role: event.target.value as UserRole })}>
        {roles.map((role) => (
          <option key={role} value={role}>
            {words(role)}
          </option>
        ))}
      </Choice>
    </Dialog>
  );
}
