import { useAmendOrder, useCancelAllOrders, useCancelOrder, useOrders } from '@mytradex/hooks';
import type { Instrument, Order } from '@mytradex/types';
import { useState, type KeyboardEvent } from 'react';
import { Link } from 'wouter';
import { fixed, priceDecimals, quantityDecimals, time, words } from '../models/format.js';
import { parseDecimal, toNumber } from '../models/decimal.js';
import { DataTable } from '../ui/DataTable.js';
import { messageOf } from '../ui/messageOf.js';
import { Tag } from '../ui/Tag.js';
import { toast } from '../ui/toasts.js';
import styles from './OrdersPanel.module.css';

const most = 100;
const isOpen = (order: Order) => order.status === 'NEW' || order.status === 'PARTIAL';

/** Orders that may still fill: one click cancels, a click on price or quantity amends. */
export function OpenOrders({ instruments }: { instruments: ReadonlyMap<string, Instrument> }) {
  const orders = useOrders({ status: 'NEW,PARTIAL', size: most });
  const cancel = useCancelOrder();
  const cancelAll = useCancelAllOrders();
  const [amending, setAmending] = useState<string>();
  const open = orders.data?.filter(isOpen);
  const failed = (failure: unknown) => toast(messageOf(failure) ?? '', 'bad');
  const priceOf = (order: Order, price: number | null | undefined) => fixed(price, priceDecimals(instruments.get(order.symbol)));
  const sizeOf = (order: Order, size: number | undefined) => fixed(size, quantityDecimals(instruments.get(order.symbol)));

  return (
    <DataTable
      caption="Open orders"
      rows={open}
      keyOf={(order) => order.id}
      empty="No open orders."
      columns={[
        { head: 'Time', wide: true, cell: (order) => <span className="soft">{time(order.createdAt)}</span> },
        { head: 'Symbol', cell: (order) => <Link href={`/trade/${order.symbol}`}>{order.symbol}</Link> },
        { head: 'Side', cell: (order) => <span className={order.side === 'BUY' ? 'up' : 'down'}>{words(order.side)}</span> },
        { head: 'Type', wide: true, cell: (order) => `${words(order.orderType)} · ${order.timeInForce ?? ''}${order.postOnly ? ' · post' : ''}` },
        { head: 'Filled / size', numeric: true, cell: (order) => `${sizeOf(order, order.filledQuantity)} / ${sizeOf(order, order.quantity)}` },
        {
          head: 'Price',
          numeric: true,
          cell: (order) =>
            amending === order.id ? (
              <Amend order={order} instrument={instruments.get(order.symbol)} onDone={() => setAmending(undefined)} />
            ) : (
              <button type="button" className="btn quiet small" title="Change price or quantity" onClick={() => setAmending(order.id)}>
                {order.stopPrice ? `stop ${priceOf(order, order.stopPrice)} ` : ''}
                {order.price ? priceOf(order, order.price) : ''} <span aria-hidden="true">✎</span>
                <span className="sr">change</span>
              </button>
            ),
        },
        { head: 'Status', wide: true, cell: (order) => <Tag status={order.status} /> },
        {
          head: open && open.length > 1 ? (
            <button type="button" className="btn quiet small" onClick={() => cancelAll.mutate({}, { onError: failed })}>
              Cancel all
            </button>
          ) : (
            <span className="sr">Cancel</span>
          ),
          numeric: true,
          cell: (order) => (
            <button type="button" className="btn danger small" aria-label={`Cancel ${words(order.side).toLowerCase()} ${order.quantity} ${order.symbol}`} onClick={() => cancel.mutate(order.id, { onError: failed })}>
              Cancel
            </button>
          ),
        },
      ]}
    />
  );
}

function Amend({ order, instrument, onDone }: { order: Order; instrument: Instrument | undefined; onDone: () => void }) {
  const amend = useAmendOrder();
  const scales = { price: instrument?.priceScale ?? 2, quantity: instrument?.quantityScale ?? 0 };
  const [quantity, setQuantity] = useState(String(order.quantity));
  const [price, setPrice] = useState(typeof order.price !== 'number' ? '' : order.price.toFixed(priceDecimals(instrument)));
  const send = () => {
    const [size, limit] = [parseDecimal(quantity, scales.quantity), price === '' ? undefined : parseDecimal(price, scales.price)];
    if (size === undefined || (price !== '' && limit === undefined)) return toast('Price and quantity must be numbers of the instrument’s decimals.', 'bad');
    const changes = {
      ...(toNumber(size, scales.quantity) !== order.quantity && { quantity: toNumber(size, scales.quantity) }),
      ...(limit !== undefined && toNumber(limit, scales.price) !== order.price && { price: toNumber(limit, scales.price) }),
    };
    if (Object.keys(changes).length === 0) return onDone();
    amend.mutate({ id: order.id, ...changes }, { onSuccess: onDone, onError: (failure) => toast(messageOf(failure) ?? '', 'bad') });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') send();
    if (event.key === 'Escape') onDone();
  };
  return (
    <span className={styles.amend}>
      <input className="input num" aria-label="New quantity" inputMode="decimal" value={quantity} onKeyDown={keys} onChange={(event) => setQuantity(event.target.value)} />
      {typeof order.price !== 'number' ? null : <input autoFocus className="input num" aria-label="New price" inputMode="decimal" value={price} onKeyDown={keys} onChange={(event) => setPrice(event.target.value)} />}
      <button type="button" className="btn small" disabled={amend.isPending} onClick={send}>
        Amend
      </button>
    </span>
  );
}
