import { useAllMarketData } from '@mytradex/hooks';
import type { Instrument, MarketData } from '@mytradex/types';
import { memo } from 'react';
import { Link } from 'wouter';
import { fixed, priceDecimals, words } from '../models/format.js';
import { Panel } from '../ui/Panel.js';
import { Change } from '../ui/Signed.js';
import styles from './WatchList.module.css';

/** All markets at a glance, the chosen one marked. */
export const WatchList = memo(function WatchList({ instruments, symbol, stale }: { instruments: readonly Instrument[]; symbol: string; stale: string | undefined }) {
  const markets = useAllMarketData();
  const rules = new Map(instruments.map((instrument) => [instrument.symbol, instrument]));
  return (
    <Panel title="Markets" className={styles.panel} stale={stale} aside={<kbd className="soft" title="Press / to search">/</kbd>}>
      <table className={`table ${styles.table}`}>
        <caption className="sr">All markets; choose one to trade it</caption>
        <thead>
          <tr>
            <th scope="col">Symbol</th>
            <th scope="col" className="num">
              Last
            </th>
            <th scope="col" className="num">
              24 h
            </th>
          </tr>
        </thead>
        <tbody>
          {markets.data?.map((market) => (
            <Row key={market.symbol} market={market} instrument={rules.get(market.symbol)} isChosen={market.symbol === symbol} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
});

const Row = memo(function Row({ market, instrument, isChosen }: { market: MarketData; instrument: Instrument | undefined; isChosen: boolean }) {
  return (
    <tr className={isChosen ? 'chosen' : undefined}>
      <th scope="row" className={styles.symbol}>
        <Link href={`/trade/${market.symbol}`} aria-current={isChosen ? 'page' : undefined} title={instrument?.name}>
          {market.symbol}
        </Link>
        {market.status === 'OPEN' ? null : (
          <span className="down" title={words(market.status)}>
            <span aria-hidden="true"> ■</span> <span className="sr">{words(market.status)}</span>
          </span>
        )}
      </th>
      <td className="num">{fixed(market.lastPrice, priceDecimals(instrument))}</td>
      <td className="num">
        <Change value={market.changePercent24h} />
      </td>
    </tr>
  );
});
