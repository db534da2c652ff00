import { useOrderBook } from '@mytradex/hooks';
import type { Instrument } from '@mytradex/types';
import { memo, useMemo, useState, type CSSProperties } from 'react';
import { fixed, priceDecimals, quantityDecimals } from '../models/format.js';
import { ladderOf, type Levels } from '../models/ladder.js';
import { Choices } from '../ui/Choices.js';
import { Panel } from '../ui/Panel.js';
import { DepthChart } from './DepthChart.js';
import styles from './Ladder.module.css';

// The ladder shows the nearest levels, the depth chart more.
const depth = 14;
const depthOfChart = 60;

/** The book as a ladder: asks above, bids below, best in the middle. A click takes the price into the ticket. */
export const Ladder = memo(function Ladder(props: { instrument: Instrument; stale: string | undefined; onPrice: (price: number) => void }) {
  const { instrument } = props;
  const [shows, setShows] = useState<'Ladder' | 'Depth'>('Ladder');
  const { view: book } = useOrderBook(instrument.symbol, shows === 'Ladder' ? depth : depthOfChart, instrument);
  return (
    <Panel title="Book" className={styles.panel} content="fill" stale={props.stale} aside={<Choices label="Book as" options={['Ladder', 'Depth'] as const} value={shows} onChange={setShows} />}>
      {shows === 'Ladder' ? <Rows instrument={instrument} book={book} onPrice={props.onPrice} /> : <DepthChart instrument={instrument} book={book} />}
    </Panel>
  );
});

function Rows({ instrument, book, onPrice }: { instrument: Instrument; book: Levels | undefined; onPrice: (price: number) => void }) {
  const decimals = priceDecimals(instrument);
  const sizes = quantityDecimals(instrument);
  const ladder = useMemo(
    () => book && ladderOf(book, instrument.priceScale ?? 2, depth),
    [book, instrument.priceScale],
  );
  // As many rows always as there can be, so that nothing moves and each is used again for what its place holds next.
  const places = Array.from({ length: depth }, (_, place) => place);
  const row = (side: 'ask' | 'bid', place: number) => {
    const level = (side === 'ask' ? ladder?.asks : ladder?.bids)?.[place];
    return <Row key={place} side={side} price={level?.price} size={level && fixed(level.quantity, sizes)} total={level && fixed(level.total, sizes)} part={level?.part ?? 0} decimals={decimals} onPrice={onPrice} />;
  };
  return (
    <div className={styles.ladder} role="table" aria-label={`Order book of ${instrument.symbol}`}>
      <div role="rowgroup">
        <div role="row" className={styles.head}>
          <span role="columnheader">Price</span>
          <span role="columnheader">Size</span>
          <span role="columnheader">Total</span>
        </div>
      </div>
      <div role="rowgroup" aria-label="Asks" className={styles.asks}>
        {places.toReversed().map((place) => row('ask', place))}
      </div>
      <div className={styles.middle} role="rowgroup">
        <div role="row">
          <span role="cell">Spread {ladder?.spread ? fixed(Number(ladder.spread), decimals) : '–'}</span>
        </div>
      </div>
      <div role="rowgroup" aria-label="Bids" className={styles.bids}>
        {places.map((place) => row('bid', place))}
      </div>
    </div>
  );
}

const Row = memo(function Row(props: { side: 'ask' | 'bid'; price: number | undefined; size: string | undefined; total: string | undefined; part: number; decimals: number; onPrice: (price: number) => void }) {
  const { price } = props;
  return (
    <div role="row" className={`${styles.row} ${styles[props.side]}`} style={{ '--part': props.part } as CSSProperties} onClick={price === undefined ? undefined : () => props.onPrice(price)}>
      <span role="cell" className={props.side === 'ask' ? 'down' : 'up'}>
        {price === undefined ? '' : fixed(price, props.decimals)}
      </span>
      <span role="cell">{props.size}</span>
      <span role="cell" className="soft">
        {props.total}
      </span>
    </div>
  );
});
