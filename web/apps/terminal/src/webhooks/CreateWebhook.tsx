import { useCreateWebhook } from '@mytradex/hooks';
import { useState } from 'react';
import { Dialog } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';
import { messageOf } from '../ui/messageOf.js';

const events = [
  'order.accepted',
  'order.partially_filled',
  'order.filled',
  'order.cancelled',
  'order.expired',
  'transfer.scheduled',
  'transfer.completed',
  'transfer.failed',
  'transfer.cancelled',
  'deposit.completed',
  'account.opened',
  'account.closed',
] as const;

/** Asks where to tell, and of what. */
export function CreateWebhook({ onClose, onSecret }: { onClose: () => void; onSecret: (secret: string | undefined) => void }) {
  const create = useCreateWebhook();
  const [url, setUrl] = useState('https://');
  const [description, setDescription] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['order.filled']));
  const toggle = (event: string) => {
    const next = new Set(chosen);
    if (!next.delete(event)) next.add(event);
    setChosen(next);
  };
  const send = () =>
    create.mutate(
      { url, ...(description && { description }), events: [...chosen] },
      {
        onSuccess: (webhook) => {
          onSecret(webhook.secret ?? undefined);
          onClose();
        },
      },
    );
  return (
    <Dialog title="New webhook" confirm="Create" busy={create.isPending || chosen.size === 0} error={messageOf(create.error)} onClose={onClose} onConfirm={send}>
      <Field label="Address" type="url" value={url} onChange={(event) => setUrl(event.target.value)} />
      <Field label="Description" value={description} onChange={(event) => setDescription(event.target.value)} />
      <fieldset style={{ border: 0, padding: 0, display: 'grid', gridTemplateColumns: '1fr 1fr' }}>
        <legend className="label">Events</legend>
        {events.map((event) => (
          <label key={event} className="check">
            <input type="checkbox" checked={chosen.has(event)} onChange={() => toggle(event)} /> {event}
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
