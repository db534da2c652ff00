import { useTrades } from '@mytradex/hooks';
import type { Instrument } from '@mytradex/types';
import { memo } from 'react';
import { fixed, priceDecimals, quantityDecimals, time } from '../models/format.js';
import { Panel } from '../ui/Panel.js';
import styles from './Tape.module.css';

const shown = 40;

/** The last trades, newest first, with the side that took. */
export const Tape = memo(function Tape({ instrument, stale }: { instrument: Instrument; stale: string | undefined }) {
  const trades = useTrades(instrument.symbol).data ?? [];
  const [decimals, sizes] = [priceDecimals(instrument), quantityDecimals(instrument)];
  return (
    <Panel title="Trades" className={styles.panel} stale={stale}>
      <table className={`table ${styles.table}`}>
        <caption className="sr">Trades in {instrument.symbol}, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col" className="num">
              Price
            </th>
            <th scope="col" className="num">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {trades.slice(0, shown).map((trade, place) => (
            // By place and not by trade: the rows stay and their texts move.
            <Row key={place} at={time(trade.timestamp)} price={fixed(trade.price, decimals)} size={fixed(trade.quantity, sizes)} side={trade.side} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
});

const Row = memo(function Row(props: { at: string; price: string; size: string; side: 'BUY' | 'SELL' | undefined }) {
  const isBuy = props.side === 'BUY';
  return (
    <tr>
      <td className="soft">{props.at}</td>
      <td className={`num ${isBuy ? 'up' : 'down'}`}>
        <span aria-hidden="true">{isBuy ? '▲' : '▼'}</span> <span className="sr">{isBuy ? 'bought at' : 'sold at'}</span>
        {props.price}
      </td>
      <td className="num">{props.size}</td>
    </tr>
  );
});
