import { usePortfolioSummary, usePositions } from '@mytradex/hooks';
import type { Instrument } from '@mytradex/types';
import { memo, type ReactNode } from 'react';
import { fixed, money, quantityDecimals } from '../models/format.js';
import { Panel } from '../ui/Panel.js';
import { Signed } from '../ui/Signed.js';
import styles from './Worth.module.css';

/** What one is worth, and what of the chosen instrument one has. */
export const Worth = memo(function Worth({ instrument, stale }: { instrument: Instrument; stale: string | undefined }) {
  const sum = usePortfolioSummary().data;
  const position = usePositions().data?.find(({ symbol }) => symbol === instrument.symbol);
  return (
    <Panel title="Worth" content="form" className={styles.panel} stale={stale} aside={<span className="soft">{sum?.currency}</span>}>
      <dl className={styles.lines}>
        <Line name="Total" value={<b>{money(sum?.totalValue)}</b>} />
        <Line name="Cash" value={money(sum?.cash)} />
        <Line name="Today" value={<Signed value={sum?.dayPnL} />} />
        <Line name="Unrealized" value={<Signed value={sum?.totalUnrealizedPnL} />} />
        <Line name="Realized" value={<Signed value={sum?.totalRealizedPnL} />} />
        <Line name={instrument.symbol} value={position ? fixed(position.quantity, quantityDecimals(instrument)) : '–'} />
        <Line name="of it free" value={position ? fixed(position.available, quantityDecimals(instrument)) : '–'} />
        <Line name="P&L of it" value={<Signed value={position?.unrealizedPnL} />} />
      </dl>
    </Panel>
  );
});

function Line({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div>
      <dt className="soft">{name}</dt>
      <dd className="num">{value}</dd>
    </div>
  );
}
