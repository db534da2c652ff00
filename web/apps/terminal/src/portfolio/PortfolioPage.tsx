import { useInstruments, usePortfolioSummary } from '@mytradex/hooks';
import { useMemo, type ReactNode } from 'react';
import { money } from '../models/format.js';
import { useStaleness } from '../shell/useStaleness.js';
import { OrderHistory } from '../trade/OrderHistory.js';
import { PositionsTable } from '../trade/PositionsTable.js';
import { Panel } from '../ui/Panel.js';
import { Signed } from '../ui/Signed.js';
import { useTitle } from '../ui/useTitle.js';
import { Allocation } from './Allocation.js';

/** What one has and what it is worth. */
export default function PortfolioPage() {
  useTitle('Portfolio');
  const { stale } = useStaleness();
  const summary = usePortfolioSummary();
  const instruments = useInstruments();
  const bySymbol = useMemo(() => new Map(instruments.data?.map((one) => [one.symbol, one])), [instruments.data]);
  const sum = summary.data;
  return (
    <div className="page">
      <div className="row">
        <h1>Portfolio</h1>
        <span className="soft">{sum?.currency}</span>
      </div>
      <dl className="figures">
        <Figure name="Total value" value={money(sum?.totalValue)} />
        <Figure name="Cash" value={money(sum?.cash)} />
        <Figure name="Holdings" value={money(sum?.marketValue)} />
        <Figure name="Today" value={<Signed value={sum?.dayPnL} />} />
        <Figure name="Unrealized" value={<Signed value={sum?.totalUnrealizedPnL} />} />
        <Figure name="Realized" value={<Signed value={sum?.totalRealizedPnL} />} />
        <Figure name="Fees" value={money(sum?.totalFees)} />
      </dl>
      {sum ? <Allocation summary={sum} /> : null}
      <Panel title="Positions" stale={stale}>
        <PositionsTable instruments={bySymbol} />
      </Panel>
      <Panel title="Orders" content="fill">
        <div style={{ height: 380 }}>
          <OrderHistory instruments={bySymbol} />
        </div>
      </Panel>
    </div>
  );
}

function Figure({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
