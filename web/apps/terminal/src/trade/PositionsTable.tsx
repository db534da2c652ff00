import { usePositions } from '@mytradex/hooks';
import type { Instrument } from '@mytradex/types';
import { Link } from 'wouter';
import { fixed, money, priceDecimals, quantityDecimals } from '../models/format.js';
import { DataTable } from '../ui/DataTable.js';
import { Signed } from '../ui/Signed.js';

/** What one has, what it cost, and what came of it. */
export function PositionsTable({ instruments }: { instruments: ReadonlyMap<string, Instrument> }) {
  const positions = usePositions();
  return (
    <DataTable
      caption="Positions"
      rows={positions.data}
      keyOf={(position) => position.id}
      empty="No positions."
      columns={[
        { head: 'Symbol', cell: (position) => <Link href={`/trade/${position.symbol}`}>{position.symbol}</Link> },
        { head: 'Quantity', numeric: true, cell: (position) => fixed(position.quantity, quantityDecimals(instruments.get(position.symbol))) },
        { head: 'Held', numeric: true, wide: true, cell: (position) => fixed(position.held, quantityDecimals(instruments.get(position.symbol))) },
        { head: 'Average cost', numeric: true, wide: true, cell: (position) => fixed(position.averageCost, priceDecimals(instruments.get(position.symbol)) + 2) },
        { head: 'Price', numeric: true, cell: (position) => fixed(position.currentPrice, priceDecimals(instruments.get(position.symbol))) },
        { head: 'Value', numeric: true, cell: (position) => money(position.marketValue) },
        { head: 'Unrealized', numeric: true, cell: (position) => <Signed value={position.unrealizedPnL} /> },
        { head: 'Realized', numeric: true, wide: true, cell: (position) => <Signed value={position.realizedPnL} /> },
        { head: 'Today', numeric: true, cell: (position) => <Signed value={position.dayPnL} /> },
      ]}
    />
  );
}
