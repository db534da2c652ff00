import { useRedeliver, useWebhookDeliveries } from '@mytradex/hooks';
import { dateTime } from '../models/format.js';
import { InfiniteTable } from '../ui/InfiniteTable.js';
import { messageOf } from '../ui/messageOf.js';
import { Tag } from '../ui/Tag.js';
import { toast } from '../ui/toasts.js';

// A message that is on its way is looked for often, news now and then: no socket tells of either. Milliseconds.
const soon = 1_000;
const later = 15_000;

/** Every message to one address: what it said, what came back, and again by hand. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const deliveries = useWebhookDeliveries(
    webhookId,
    {},
    { refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.data.some((delivery) => delivery.status === 'PENDING')) ? soon : later) },
  );
  const redeliver = useRedeliver();
  return (
    <InfiniteTable
      label="Deliveries, newest first"
      height="420px"
      template="118px minmax(120px, 1fr) 84px 64px 72px 72px minmax(100px, 1.4fr) 84px"
      rows={deliveries.data}
      keyOf={(delivery) => delivery.id}
      pages={deliveries}
      empty="Nothing was told yet; a test does it at once."
      columns={[
        { head: 'Time', cell: (delivery) => <span className="soft">{dateTime(delivery.attemptedAt ?? delivery.createdAt)}</span> },
        { head: 'Event', cell: (delivery) => delivery.event },
        { head: 'Status', cell: (delivery) => <Tag status={delivery.status} /> },
        { head: 'Attempts', numeric: true, cell: (delivery) => delivery.attempts },
        { head: 'Answer', numeric: true, cell: (delivery) => delivery.responseStatus ?? '–' },
        { head: 'Took', numeric: true, cell: (delivery) => (typeof delivery.durationMs !== 'number' ? '–' : `${Math.round(delivery.durationMs)} ms`) },
        { head: 'Error', cell: (delivery) => <span title={delivery.error ?? undefined}>{delivery.error}</span> },
        {
          head: <span className="sr">Again</span>,
          numeric: true,
          cell: (delivery) => (
            <button type="button" className="btn small" onClick={() => redeliver.mutate({ webhookId, deliveryId: delivery.id }, { onSuccess: () => toast('It is sent again.', 'good'), onError: (failure) => toast(messageOf(failure) ?? '', 'bad') })}>
              Send again
            </button>
          ),
        },
      ]}
    />
  );
}
