import { useEffect } from 'react';
import { Link } from 'wouter';
import { dateTime } from '../models/format.js';
import { Panel } from '../ui/Panel.js';
import { DataTable } from '../ui/DataTable.js';
import { useTitle } from '../ui/useTitle.js';
import { readAll, useNotifications } from './notifications.js';

const signs = { good: '✓', bad: '!', plain: 'i' };
const tones = { good: 'up', bad: 'down', plain: 'soft' };

/** What has happened since the page was opened: the venue's alerts, and one's own fills and refusals. */
export default function AlertsPage() {
  useTitle('Alerts');
  const { list } = useNotifications();
  useEffect(() => readAll(), [list]);
  return (
    <div className="page">
      <div className="row">
        <h1>Alerts</h1>
      </div>
      <Panel title="Since this page was opened">
        <DataTable
          caption="Alerts, newest first"
          rows={list}
          keyOf={(one) => one.id}
          empty="Nothing has happened yet. Halts, fills and refusals come up here."
          columns={[
            { head: 'Time', cell: (one) => <span className="soft">{dateTime(one.at)}</span> },
            { head: <span className="sr">Kind</span>, cell: (one) => <b className={tones[one.tone]}>{signs[one.tone]}</b> },
            { head: 'What', cell: (one) => one.text },
            { head: 'Market', cell: (one) => (one.symbol ? <Link href={`/trade/${one.symbol}`}>{one.symbol}</Link> : '') },
          ]}
        />
      </Panel>
    </div>
  );
}
