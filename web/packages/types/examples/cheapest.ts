import type { Instrument, PlaceOrderRequest } from '@mytradex/types';

/** An order for one lot at the lowest price that the instrument takes now. */
export function cheapest({ symbol, lotSize, tickSize, minPrice }: Instrument): PlaceOrderRequest {
  return { symbol, side: 'BUY', orderType: 'LIMIT', quantity: lotSize, price: minPrice ?? tickSize, timeInForce: 'GTC' };
}
