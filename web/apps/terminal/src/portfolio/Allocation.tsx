import type { PortfolioSummary } from '@mytradex/types';
import { money } from '../models/format.js';
import styles from './Allocation.module.css';

/** How the whole is divided: a bar of one part a holding, cash last, each named below. */
export function Allocation({ summary }: { summary: PortfolioSummary }) {
  const parts = [...summary.positions.map(({ symbol, marketValue }) => ({ name: symbol, value: marketValue ?? 0 })), { name: 'Cash', value: summary.cash ?? 0 }].filter(({ value }) => value > 0);
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  if (whole === 0) return null;
  parts.sort((a, b) => b.value - a.value);
  return (
    <section className={styles.allocation} aria-label="Allocation">
      <div className={styles.bar} aria-hidden="true">
        {parts.map(({ name, value }, index) => (
          <span key={name} style={{ flexGrow: value, opacity: 1 - (index / parts.length) * 0.75 }} />
        ))}
      </div>
      <ul>
        {parts.map(({ name, value }, index) => (
          <li key={name} title={money(value)}>
            <i aria-hidden="true" style={{ opacity: 1 - (index / parts.length) * 0.75 }} /> {name} <span className="soft">{((value / whole) * 100).toFixed(1)}%</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
