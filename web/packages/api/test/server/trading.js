// Trades against a real server by the package as it is published, and follows what happens through a restart of the server. Prints a line of JSON for
// each thing that happens: node trading.js EMAIL PASSWORD SYMBOL, with the server's address in SERVER.
import { ApiClient, AuthService, MarketDataService, OrderBookFeed, OrderService, RealtimeClient } from '@mytradex/api';

const [, , email, password, symbol] = process.argv;
const print = (what) => console.log(JSON.stringify(what));
const client = new ApiClient({ baseURL: new URL('/api', process.env.SERVER).href });
const orders = new OrderService(client);
const markets = new MarketDataService(client);
const realtime = new RealtimeClient(client);

/** Resolves when the condition holds; looked at whenever anything happens. */
const waiting = new Set();
const until = (condition) =>
  new Promise((resolve) => {
    const look = () => condition() && waiting.delete(look) && resolve();
    waiting.add(look);
    look();
  });
const happened = () => [...waiting].forEach((look) => look());

await new AuthService(client).login({ email, password });

// Every order as it was last known: told by socket, or read after a gap.
const known = new Map();
const learn = (order) => {
  if (!(known.get(order.id)?.sequence > order.sequence)) known.set(order.id, order);
};
const readAll = async () => {
  for await (const order of orders.all()) learn(order);
};
const told = [];
const holes = [];
const last = new Map();
let reading = Promise.resolve();

realtime.connection.subscribe(() => {
  print({ status: realtime.connection.getSnapshot().status });
  happened();
});
for (const topic of ['orders', `trades:${symbol}`]) {
  realtime.subscribe(topic, (event) => {
    if (event.type === 'gap') {
      last.delete(topic);
      reading = reading.then(readAll);
    } else {
      const before = last.get(topic);
      if (before !== undefined && (event.firstSequence ?? event.sequence) !== before + 1) holes.push(`${topic}: ${event.sequence} after ${before}`);
      last.set(topic, event.sequence);
    }
    if (event.type === 'order:update') {
      told.push(event.payload);
      learn(event.payload);
    }
    happened();
  });
}
const feed = new OrderBookFeed(realtime, symbol, Infinity);
feed.subscribe(happened);
const levels = (side) => side.map(({ price, quantity }) => [price, quantity]);
const compareBooks = async () => {
  const rest = await markets.orderBook(symbol, 1_000);
  await until(() => feed.getSnapshot().view?.sequence >= rest.sequence);
  const { view } = feed.getSnapshot();
  print({ book: { rest: [rest.sequence, rest.bids, rest.asks], followed: [view.sequence, levels(view.bids), levels(view.asks)] } });
};
const isLive = () => realtime.connection.getSnapshot().status === 'live';
const limit = (side, price, quantity) => orders.place({ symbol, side, orderType: 'LIMIT', timeInForce: 'GTC', quantity, price });

await until(isLive);
await until(() => feed.getSnapshot().view);
const first = await limit('BUY', 90, 5);
await orders.amend(first.id, { quantity: 3, price: 91 });
await orders.cancel(first.id);
await until(() => told.some(({ id, status }) => id === first.id && status === 'CANCELLED'));
print({ told: told.filter(({ id }) => id === first.id).map(({ status }) => status) });

const second = await limit('BUY', 100.25, 5);
await until(() => told.some(({ id, status }) => id === second.id && status === 'FILLED'));
print({ filled: known.get(second.id) });
await limit('BUY', 95.5, 7);
await limit('SELL', 105.25, 2);
await compareBooks();

// The server is killed and started again meanwhile; others trade before and after this is back.
const tradedAgain = () => told.some(({ status, averageFillPrice }) => status === 'FILLED' && averageFillPrice === 100.75);
await until(() => !isLive());
await until(isLive);
await until(tradedAgain);
await compareBooks();
await until(() => told.some(({ clientOrderId }) => clientOrderId === 'the last one'));
await reading;
const summary = (each) => each.map(({ id, status, filledQuantity }) => [id, status, filledQuantity]).sort(([left], [right]) => (left < right ? -1 : 1));
const inRest = [];
for await (const order of orders.all()) inRest.push(order);
print({ end: { known: summary([...known.values()]), inRest: summary(inRest), holes } });
realtime.close();
