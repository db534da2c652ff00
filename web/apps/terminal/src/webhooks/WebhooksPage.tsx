import { useDeleteWebhook, useRotateWebhookSecret, useTestWebhook, useUpdateWebhook, useWebhooks } from '@mytradex/hooks';
import type { Webhook } from '@mytradex/types';
import { useState } from 'react';
import { Link } from 'wouter';
import { words } from '../models/format.js';
import { DataTable } from '../ui/DataTable.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { toast } from '../ui/toasts.js';
import { useTitle } from '../ui/useTitle.js';
import { CreateWebhook } from './CreateWebhook.js';
import { Deliveries } from './Deliveries.js';
import { Secret } from './Secret.js';

/** Where one's own systems are told, and what became of each message. */
export default function WebhooksPage({ id }: { id: string | undefined }) {
  useTitle('Webhooks');
  const webhooks = useWebhooks();
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string>();
  const chosen = webhooks.data?.find((webhook) => webhook.id === id);
  return (
    <div className="page">
      <div className="row">
        <h1>Webhooks</h1>
        <button type="button" className="btn primary" onClick={() => setCreating(true)}>
          New webhook
        </button>
      </div>
      <Panel title="Yours">
        <DataTable
          caption="Webhooks"
          rows={webhooks.data}
          keyOf={(webhook) => webhook.id}
          chosen={id}
          empty="No webhooks yet. One tells your own system of orders, fills and transfers as they happen, by signed requests."
          columns={[
            { head: 'Address', cell: (webhook) => <Link href={`/webhooks/${webhook.id}`}>{webhook.url}</Link> },
            { head: 'Events', wide: true, cell: (webhook) => <span className="soft cut" title={webhook.events.join(', ')}>{webhook.events.join(', ')}</span> },
            { head: 'Description', wide: true, cell: (webhook) => webhook.description },
            { head: 'State', cell: (webhook) => <span className={`tag ${webhook.active ? 'good' : 'bad'}`} title={webhook.disabledReason ?? undefined}>{webhook.active ? 'active' : words(webhook.disabledReason ?? 'off')}</span> },
          ]}
        />
      </Panel>
      {chosen ? <Chosen key={chosen.id} webhook={chosen} onSecret={setSecret} /> : null}
      {creating ? <CreateWebhook onClose={() => setCreating(false)} onSecret={setSecret} /> : null}
      {secret ? <Secret secret={secret} onClose={() => setSecret(undefined)} /> : null}
    </div>
  );
}

function Chosen({ webhook, onSecret }: { webhook: Webhook; onSecret: (secret: string | undefined) => void }) {
  const rotate = useRotateWebhookSecret();
  const test = useTestWebhook();
  const update = useUpdateWebhook();
  const remove = useDeleteWebhook();
  const onError = (failure: unknown) => toast(messageOf(failure) ?? '', 'bad');
  return (
    <Panel
      content="fill"
      title={`Deliveries to ${webhook.url}`}
      aside={
        <>
          <button type="button" className="btn small" onClick={() => test.mutate(webhook.id, { onSuccess: () => toast('A test is on its way.', 'good'), onError })}>
            Test
          </button>
          <button type="button" className="btn small" onClick={() => rotate.mutate(webhook.id, { onSuccess: (rotated) => onSecret(rotated.secret ?? undefined), onError })}>
            New secret
          </button>
          <button type="button" className="btn small" onClick={() => update.mutate({ id: webhook.id, active: !webhook.active }, { onError })}>
            {webhook.active ? 'Switch off' : 'Switch on'}
          </button>
          <button type="button" className="btn danger small" onClick={() => remove.mutate(webhook.id, { onError })}>
            Delete
          </button>
        </>
      }
    >
      <Deliveries webhookId={webhook.id} />
    </Panel>
  );
}
