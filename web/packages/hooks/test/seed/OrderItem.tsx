import type { Order } from '@mytradex/types';

/** One line of a list of orders. */
export const OrderItem = ({ order }: { order: Order }) => <p>{`${order.id} ${order.symbol} ${order.status}`}</p>;
