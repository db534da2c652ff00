import { useInfiniteOrders } from '@mytradex/hooks';
import type { Instrument, Order } from '@mytradex/types';
import { dateTime, fixed, priceDecimals, quantityDecimals, words } from '../models/format.js';
import { InfiniteTable } from '../ui/InfiniteTable.js';
import { Tag } from '../ui/Tag.js';

/** All orders ever, newest first, as far down as one scrolls. */
export function OrderHistory({ instruments }: { instruments: ReadonlyMap<string, Instrument> }) {
  const orders = useInfiniteOrders({});
  const priceOf = (order: Order, price: number | null | undefined) => fixed(price, priceDecimals(instruments.get(order.symbol)));
  const sizeOf = (order: Order, size: number | undefined) => fixed(size, quantityDecimals(instruments.get(order.symbol)));
  return (
    <InfiniteTable
      label="Order history"
      template="minmax(124px, 1.6fr) minmax(54px, 1fr) minmax(36px, 0.7fr) minmax(72px, 1fr) minmax(86px, 1fr) minmax(70px, 1fr) minmax(70px, 1fr) minmax(84px, 1fr)"
      rows={orders.data}
      keyOf={(order) => order.id}
      pages={orders}
      empty="You have not placed an order yet."
      columns={[
        { head: 'Time', cell: (order) => <span className="soft">{dateTime(order.createdAt)}</span> },
        { head: 'Symbol', cell: (order) => order.symbol },
        { head: 'Side', cell: (order) => <span className={order.side === 'BUY' ? 'up' : 'down'}>{words(order.side)}</span> },
        { head: 'Type', cell: (order) => words(order.orderType) },
        { head: 'Filled / size', numeric: true, cell: (order) => `${sizeOf(order, order.filledQuantity)} / ${sizeOf(order, order.quantity)}` },
        { head: 'Price', numeric: true, cell: (order) => priceOf(order, order.price) },
        { head: 'Average', numeric: true, cell: (order) => priceOf(order, order.averageFillPrice) },
        { head: 'Status', cell: (order) => <Tag status={order.status} /> },
      ]}
    />
  );
}
