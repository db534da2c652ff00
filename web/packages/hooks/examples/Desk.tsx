import { configureApi, cookieAuth } from '@mytradex/api';
import { ApiProvider, useCancelOrder, useConnectionState, useOrderBook, useOrders } from '@mytradex/hooks';

configureApi({ auth: cookieAuth() });

function OpenOrders() {
  const { data: orders = [] } = useOrders({ status: 'NEW,PARTIAL' });
  const cancel = useCancelOrder();
  return orders.map(({ id, symbol, price }) => <button key={id} onClick={() => cancel.mutate(id)}>{`Cancel ${symbol} at ${price}`}</button>);
}

function Spread({ symbol }: { symbol: string }) {
  const { view } = useOrderBook(symbol, 1);
  const { status } = useConnectionState();
  return <p>{`${view?.bids[0]?.price ?? '–'} / ${view?.asks[0]?.price ?? '–'} (${status})`}</p>;
}

export const Desk = () => (
  <ApiProvider>
    <Spread symbol="AAPL" />
    <OpenOrders />
  </ApiProvider>
);
