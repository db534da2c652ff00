import { percent, signed } from '../models/format.js';

const toneOf = (value: number | null | undefined) => (!value ? '' : value > 0 ? 'up' : 'down');

/** A gain or loss: its sign says what its colour says. */
export function Signed({ value, decimals = 2 }: { value: number | null | undefined; decimals?: number }) {
  return <span className={toneOf(value)}>{signed(value, decimals)}</span>;
}

/** A change in percent, with an arrow and a sign beside its colour. */
export function Change({ value }: { value: number | null | undefined }) {
  return (
    <span className={toneOf(value)}>
      <span aria-hidden="true">{!value ? ' ' : value > 0 ? '▲' : '▼'}</span> {percent(value)}
    </span>
  );
}
