import type { Instrument } from '@mytradex/types';
import { memo, useState } from 'react';
import { Choices } from '../ui/Choices.js';
import { Panel } from '../ui/Panel.js';
import { OpenOrders } from './OpenOrders.js';
import { OrderHistory } from './OrderHistory.js';
import styles from './OrdersPanel.module.css';
import { PositionsTable } from './PositionsTable.js';

const views = ['Open orders', 'History', 'Positions'] as const;

/** One's own side of the market: what is open, what was, and what one has. */
export const OrdersPanel = memo(function OrdersPanel({ instruments, stale }: { instruments: ReadonlyMap<string, Instrument>; stale: string | undefined }) {
  const [view, setView] = useState<(typeof views)[number]>('Open orders');
  return (
    <Panel title="Yours" className={styles.panel} content={view === 'History' ? 'fill' : 'list'} stale={stale} aside={<Choices label="Show" options={views} value={view} onChange={setView} />}>
      {view === 'Open orders' ? <OpenOrders instruments={instruments} /> : view === 'History' ? <OrderHistory instruments={instruments} /> : <PositionsTable instruments={instruments} />}
    </Panel>
  );
});
