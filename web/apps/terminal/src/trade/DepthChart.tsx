import type { Instrument } from '@mytradex/types';
import { useMemo } from 'react';
import { depthOf } from '../models/depth.js';
import { fixed, priceDecimals } from '../models/format.js';
import type { Levels } from '../models/ladder.js';
import styles from './DepthChart.module.css';

/** How much rests up to each price, both sides: a hill on either side of the middle. */
export function DepthChart({ instrument, book }: { instrument: Instrument; book: Levels | undefined }) {
  const outline = useMemo(() => book && depthOf(book), [book]);
  if (!book || !outline || outline.bids.length === 0) return <p className="empty">There is not a price on both sides.</p>;
  const decimals = priceDecimals(instrument);
  const ends = [book.bids.at(-1), book.bids[0], book.asks[0], book.asks.at(-1)].map((level) => fixed(level?.price, decimals));
  return (
    <figure className={styles.figure}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={`Depth of ${instrument.symbol}: bids from ${ends[0]} to ${ends[1]}, asks from ${ends[2]} to ${ends[3]}.`}>
        <path className={styles.bid} d={hill(outline.bids)} />
        <path className={styles.ask} d={hill(outline.asks)} />
      </svg>
      <figcaption>
        <span>{ends[0]}</span>
        <span>
          {ends[1]} · {ends[2]}
        </span>
        <span>{ends[3]}</span>
      </figcaption>
    </figure>
  );
}

function hill(points: readonly (readonly [number, number])[]): string {
  let path = `M ${(points[0]?.[0] ?? 0.5) * 100} 100`;
  for (const [x, y] of points) path += ` H ${(x * 100).toFixed(2)} V ${(100 - y * 96).toFixed(2)}`;
  return `${path} V 100 Z`;
}
