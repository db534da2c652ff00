import { ApiError, auth, configureApi, orders, realtime } from '@mytradex/api';

configureApi({ baseURL: 'http://localhost:3001/api' });
await auth.login({ email: 'user@example.com', password: 'password123' });

const stop = realtime.subscribe('orders', (event) => {
  if (event.type === 'order:update') console.log(event.payload.id, event.payload.status);
});
try {
  const order = await orders.place({ symbol: 'AAPL', side: 'BUY', orderType: 'LIMIT', quantity: 5, price: 290 });
  await orders.cancel(order.id);
} catch (error) {
  if (error instanceof ApiError) console.log(error.code, error.fields);
} finally {
  stop();
}
