import { useMarketData } from '@mytradex/hooks';
import type { Instrument } from '@mytradex/types';
import { compact, fixed, priceDecimals, words } from '../models/format.js';
import { Change, Signed } from '../ui/Signed.js';
import { useTitle } from '../ui/useTitle.js';
import styles from './MarketHead.module.css';

/** The chosen market in one line: what it is, where it stands, and whether it trades. */
export function MarketHead({ instrument }: { instrument: Instrument }) {
  const market = useMarketData(instrument.symbol).data;
  useTitle(`${market?.lastPrice ?? ''} ${instrument.symbol}`);
  const decimals = priceDecimals(instrument);
  const status = market?.status ?? instrument.status;
  return (
    <header className={styles.head}>
      <h1>
        {instrument.symbol} <small className="soft">{instrument.name}</small>
      </h1>
      {status && status !== 'OPEN' ? (
        <p className={styles.halt} role="status">
          <b aria-hidden="true">■</b> Trading is {words(status).toLowerCase()}
        </p>
      ) : null}
      <p className={styles.last}>
        {fixed(market?.lastPrice, decimals)} <small>{market ? <Signed value={market.change24h} decimals={decimals} /> : null} {market ? <Change value={market.changePercent24h} /> : null}</small>
      </p>
      <dl className={styles.facts}>
        <Fact name="Bid" value={fixed(market?.bidPrice, decimals)} />
        <Fact name="Ask" value={fixed(market?.askPrice, decimals)} />
        <Fact name="High 24 h" value={fixed(market?.high24h, decimals)} />
        <Fact name="Low 24 h" value={fixed(market?.low24h, decimals)} />
        <Fact name="Volume" value={compact(market?.volume)} />
      </dl>
    </header>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
