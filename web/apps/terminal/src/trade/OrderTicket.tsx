import { usePlaceOrder, usePreviewOrder } from '@mytradex/hooks';
import type { Instrument, OrderSide, OrderType, TimeInForce } from '@mytradex/types';
import { useState, type KeyboardEvent } from 'react';
import { fixed, money, plain, priceDecimals, quantityDecimals, words } from '../models/format.js';
import { hasPrice, hasStop, mayPostOnly, type TicketNumber } from '../models/ticket.js';
import { Choices } from '../ui/Choices.js';
import { Choice, Field } from '../ui/Field.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { toast } from '../ui/toasts.js';
import { useDebounced } from '../ui/useDebounced.js';
import { useShortcuts } from '../ui/useShortcuts.js';
import { useMarketStatus } from './useMarketStatus.js';
import type { Ticket } from './useTicket.js';
import styles from './OrderTicket.module.css';

const types: readonly OrderType[] = ['LIMIT', 'MARKET', 'STOP', 'STOP_LIMIT'];
const forces: Record<TimeInForce, string> = { DAY: 'Day – until the session ends', GTC: 'Good till cancelled', IOC: 'Immediate or cancel', FOK: 'Fill or kill' };
const previewAfter = 250;

/** The order ticket: checked by the instrument's rules while typed, and by the server's preview once it is whole. */
export function OrderTicket({ instrument, ticket, mayTrade, offline }: { instrument: Instrument; ticket: Ticket; mayTrade: boolean; offline: boolean }) {
  const { form, checked, change, from } = ticket;
  const place = usePlaceOrder();
  const [told, setTold] = useState(false);
  const halted = useMarketStatus(instrument) === 'HALTED';
  const wanted = useDebounced(checked.order, previewAfter);
  const preview = usePreviewOrder(mayTrade && !offline ? wanted : undefined);
  const isCurrent = JSON.stringify(wanted) === JSON.stringify(checked.order);
  const answer = checked.order && isCurrent ? preview.data : undefined;
  const verb = form.side === 'BUY' ? 'Buy' : 'Sell';

  const send = () => {
    setTold(true);
    if (!checked.order || !mayTrade || offline || place.isPending) return;
    place.mutate(checked.order, {
      onSuccess: (order) => {
        toast(`${words(order.status)}: ${order.side === 'BUY' ? 'buy' : 'sell'} ${plain(order.quantity)} ${order.symbol}${order.price ? ` at ${fixed(order.price, priceDecimals(instrument))}` : ''}`, order.status === 'REJECTED' ? 'bad' : 'good');
        ticket.clear();
        setTold(false);
      },
    });
  };
  useShortcuts({
    b: () => change({ side: 'BUY' }),
    s: () => change({ side: 'SELL' }),
    'Ctrl+Enter': send,
    Escape: () => (document.activeElement as HTMLElement | null)?.blur(),
  });

  const number = (field: TicketNumber, label: string, hint: string) => (
    <Field
      label={label}
      hint={hint}
      className="num"
      inputMode="decimal"
      autoComplete="off"
      name={field}
      value={form[field]}
      error={checked.errors[field] ?? (told && checked.missing.includes(field) ? 'Is needed.' : undefined)}
      onChange={(event) => change({ [field]: event.target.value })}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        ticket.step(field, (event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
      }}
    />
  );
  const [prices, sizes] = [priceDecimals(instrument), quantityDecimals(instrument)];
  const band = typeof instrument.minPrice === 'number' && typeof instrument.maxPrice === 'number' ? `${fixed(instrument.minPrice, prices)} – ${fixed(instrument.maxPrice, prices)}` : '';

  return (
    <Panel title="Order" className={styles.panel} content="form" aside={<span className="soft wide">b · s · ↑↓ · Ctrl+Enter</span>}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className={styles.sides} role="group" aria-label="Side">
          {(['BUY', 'SELL'] as OrderSide[]).map((side) => (
            <button key={side} type="button" aria-pressed={form.side === side} className={styles[side.toLowerCase()]} onClick={() => change({ side })}>
              {side === 'BUY' ? 'Buy' : 'Sell'}
            </button>
          ))}
        </div>
        {from.accounts.length > 1 ? (
          <Choice label="Account" value={from.account?.id} onChange={(event) => from.choose(event.target.value)}>
            {from.accounts.map((account) => (
              <option key={account.id} value={account.id}>
                {account.name} · {money(account.available)} free
              </option>
            ))}
          </Choice>
        ) : null}
        <Choices label="Order type" options={types} value={form.orderType} name={(type) => (type === 'STOP_LIMIT' ? 'Stop limit' : words(type))} onChange={(orderType) => change({ orderType })} />
        {number('quantity', 'Quantity', `lots of ${fixed(instrument.lotSize, sizes)}`)}
        <div className={styles.prices}>
          {hasStop(form.orderType) ? number('stopPrice', 'Stop price', `ticks of ${fixed(instrument.tickSize, prices)}`) : null}
          {hasPrice(form.orderType) ? number('price', `Limit price, ${instrument.currency}`, band) : null}
          {form.orderType === 'MARKET' ? <p className={`soft ${styles.market}`}>At the best prices there are, within the day's band. What is not filled expires.</p> : null}
        </div>
        <Choice label="Time in force" value={form.timeInForce} onChange={(event) => change({ timeInForce: event.target.value as TimeInForce })}>
          {Object.entries(forces).map(([force, name]) => (
            <option key={force} value={force}>
              {name}
            </option>
          ))}
        </Choice>
        <label className="check">
          <input type="checkbox" checked={form.postOnly} disabled={!mayPostOnly(form.orderType, form.timeInForce)} onChange={(event) => change({ postOnly: event.target.checked })} />
          Post only – never take
        </label>
        <dl className={styles.preview} aria-label="Preview">
          <Line name="Value" value={checked.value ? money(Number(checked.value)) : answer?.fillValue ? money(answer.fillValue) : '–'} />
          <Line name="Fills now" value={answer ? `${plain(answer.fillQuantity)}${answer.averageFillPrice ? ` at ${fixed(answer.averageFillPrice, prices)}` : ''}` : '–'} />
          <Line name="Fees now" value={answer ? money(answer.fees) : '–'} />
          <Line name={form.side === 'BUY' ? 'Cash held' : 'Shares held'} value={answer ? (form.side === 'BUY' ? money(answer.heldCash) : plain(answer.heldQuantity)) : '–'} />
        </dl>
        <p className={`error ${styles.refusal}`} role="alert">
          {messageOf(place.error) ?? answer?.refusal?.message}
        </p>
        <button type="submit" className={`btn ${styles.place} ${styles[form.side.toLowerCase()]}`} disabled={!mayTrade || offline || halted || place.isPending}>
          {halted ? 'Trading is halted' : offline ? 'Not connected' : mayTrade ? `${verb} ${form.quantity} ${instrument.symbol}` : 'Your role cannot trade'}
        </button>
      </form>
    </Panel>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="soft">{name}</dt>
      <dd className="num">{value}</dd>
    </div>
  );
}
