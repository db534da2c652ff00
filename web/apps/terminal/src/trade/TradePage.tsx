import { useInstruments, useSession } from '@mytradex/hooks';
import type { Instrument } from '@mytradex/types';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Redirect } from 'wouter';
import { useStaleness } from '../shell/useStaleness.js';
import { Choices } from '../ui/Choices.js';
import { Loading } from '../ui/Loading.js';
import { Chart } from './Chart.js';
import { Ladder } from './Ladder.js';
import { MarketHead } from './MarketHead.js';
import { OrdersPanel } from './OrdersPanel.js';
import { OrderTicket } from './OrderTicket.js';
import { Tape } from './Tape.js';
import { useTicket } from './useTicket.js';
import { Worth } from './Worth.js';
import { WatchList } from './WatchList.js';
import styles from './Trade.module.css';

const tabs = ['Chart', 'Book', 'Order', 'Yours', 'Trades', 'Worth', 'Markets'] as const;
const lastSymbol = 'symbol';

/** The trading screen of one instrument; without one in the address, of the one looked at last. */
export function TradePage({ symbol }: { symbol: string | undefined }) {
  const instruments = useInstruments();
  const list = instruments.data;
  if (!list) return instruments.error ? <p className="empty" role="alert">The instruments cannot be read: the server does not answer.</p> : <Loading />;
  const chosen = symbol && list.find((instrument) => instrument.symbol === symbol.toUpperCase());
  if (chosen) return <Trade key={chosen.symbol} instrument={chosen} instruments={list} />;
  const start = list.find((instrument) => instrument.symbol === localStorage.getItem(lastSymbol)) ?? list[0];
  if (!start) return <p className="empty">No instrument is listed yet. An administrator lists one under Admin.</p>;
  return symbol ? (
    <p className="empty">
      There is no instrument {symbol}. <a href={`/trade/${start.symbol}`}>Trade {start.symbol}</a>
    </p>
  ) : (
    <Redirect to={`/trade/${start.symbol}`} replace />
  );
}

function Trade({ instrument, instruments }: { instrument: Instrument; instruments: readonly Instrument[] }) {
  const [tab, setTab] = useState<(typeof tabs)[number]>('Chart');
  const session = useSession();
  const { stale, offline } = useStaleness();
  const ticket = useTicket(instrument);
  const bySymbol = useMemo(() => new Map(instruments.map((one) => [one.symbol, one])), [instruments]);
  useEffect(() => localStorage.setItem(lastSymbol, instrument.symbol), [instrument.symbol]);

  const slot = (name: (typeof tabs)[number], content: ReactNode) => (
    <div className={styles.slot} data-open={tab === name}>
      {content}
    </div>
  );
  return (
    <div className={styles.trade}>
      <MarketHead instrument={instrument} />
      <div className={styles.tabs}>
        <Choices label="Show" options={tabs} value={tab} onChange={setTab} />
      </div>
      {slot('Markets', <WatchList instruments={instruments} symbol={instrument.symbol} stale={stale} />)}
      {slot('Chart', <Chart instrument={instrument} stale={stale} />)}
      {slot('Book', <Ladder instrument={instrument} stale={stale} onPrice={ticket.takePrice} />)}
      {slot('Trades', <Tape instrument={instrument} stale={stale} />)}
      {slot('Yours', <OrdersPanel instruments={bySymbol} stale={stale} />)}
      {slot('Worth', <Worth instrument={instrument} stale={stale} />)}
      {slot('Order', <OrderTicket instrument={instrument} ticket={ticket} offline={offline} mayTrade={session.data?.permissions.includes('CREATE_ORDERS') ?? false} />)}
    </div>
  );
}
