import type {
  AmendOrderRequest,
  CancelledOrders,
  CancelOrdersFilters,
  KillSwitch,
  Order,
  OrderFilters,
  OrderPreview,
  Page,
  PageParams,
  PlaceOrderRequest,
} from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { readLines } from '../client/lines.js';
import { keyed, step, type CallOptions, type WriteOptions } from './CallOptions.js';

/** Orders: placing, amending, cancelling, and what became of them. */
export class OrderService {
  constructor(readonly client: ApiClient) {}

  list(params: OrderFilters & PageParams = {}, { signal }: CallOptions = {}): Promise<Page<Order>> {
    return this.client.page<Order>('/orders', { params, signal });
  }

  /** All orders, one after another, in constant memory. */
  all(params: OrderFilters = {}, options?: CallOptions): AsyncGenerator<Order, void, undefined> {
    return readLines<Order>(this.client, '/orders', params, options);
  }

  /** One order, with its fills. */
  async get(id: string, { signal }: CallOptions = {}): Promise<Order> {
    return (await this.client.get<Order>(`/orders/${step(id)}`, { signal })).data;
  }

  /** Places an order; it is durable when this resolves. */
  async place(request: PlaceOrderRequest, options?: WriteOptions): Promise<Order> {
    return (await this.client.post<Order>('/orders', request, keyed(options))).data;
  }

  /** What would happen now, without placing. */
  async preview(request: PlaceOrderRequest, { signal }: CallOptions = {}): Promise<OrderPreview> {
    return (await this.client.post<OrderPreview>('/orders/preview', request, keyed({ signal }))).data;
  }

  /** Changes price or quantity. A smaller quantity keeps the place in the queue, anything else loses it. */
  async amend(id: string, changes: AmendOrderRequest, options?: WriteOptions): Promise<Order> {
    return (await this.client.put<Order>(`/orders/${step(id)}`, changes, keyed(options))).data;
  }

  async cancel(id: string, options?: WriteOptions): Promise<Order> {
    return (await this.client.delete<Order>(`/orders/${step(id)}`, keyed(options))).data;
  }

  /** Cancels open orders: those of an instrument or an account, or with nothing given all of them. */
  async cancelAll(filters: Omit<CancelOrdersFilters, 'all'> = {}, options?: WriteOptions): Promise<CancelledOrders> {
    const params = filters.symbol || filters.accountId ? filters : { all: true };
    return (await this.client.delete<CancelledOrders>('/orders', { ...keyed(options), params })).data;
  }

  async killSwitch({ signal }: CallOptions = {}): Promise<KillSwitch> {
    return (await this.client.get<KillSwitch>('/orders/kill-switch', { signal })).data;
  }

  /** Engaged, it cancels all open orders and refuses new ones until it is lifted. */
  async setKillSwitch(engaged: boolean, options?: WriteOptions): Promise<KillSwitch> {
    return (await this.client.put<KillSwitch>('/orders/kill-switch', { engaged }, keyed(options))).data;
  }
}
