import type { DeliveryFilters, Page, PageParams, Webhook, WebhookDelivery, WebhookRequest } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { keyed, step, type CallOptions, type WriteOptions } from './CallOptions.js';

/** Addresses of the user that the venue calls, and the log of its calls. */
export class WebhookService {
  constructor(readonly client: ApiClient) {}

  list(params: PageParams = {}, { signal }: CallOptions = {}): Promise<Page<Webhook>> {
    return this.client.page<Webhook>('/webhooks', { params, signal });
  }

  async get(id: string, { signal }: CallOptions = {}): Promise<Webhook> {
    return (await this.client.get<Webhook>(`/webhooks/${step(id)}`, { signal })).data;
  }

  /** Registers an address. The answer alone holds the secret, which is why it is not kept for a repetition. */
  async create(request: WebhookRequest, { signal }: CallOptions = {}): Promise<Webhook> {
    return (await this.client.post<Webhook>('/webhooks', request, { signal })).data;
  }

  async update(id: string, changes: WebhookRequest, options?: WriteOptions): Promise<Webhook> {
    return (await this.client.patch<Webhook>(`/webhooks/${step(id)}`, changes, keyed(options))).data;
  }

  async delete(id: string, options?: WriteOptions): Promise<void> {
    await this.client.delete(`/webhooks/${step(id)}`, keyed(options));
  }

  /** Makes a new secret, which the answer alone holds. */
  async rotateSecret(id: string, { signal }: CallOptions = {}): Promise<Webhook> {
    return (await this.client.post<Webhook>(`/webhooks/${step(id)}/rotate-secret`, undefined, { signal })).data;
  }

  /** Sends a message to try it out. */
  async test(id: string, options?: WriteOptions): Promise<WebhookDelivery> {
    return (await this.client.post<WebhookDelivery>(`/webhooks/${step(id)}/test`, undefined, keyed(options))).data;
  }

  deliveries(id: string, params: DeliveryFilters & PageParams = {}, { signal }: CallOptions = {}): Promise<Page<WebhookDelivery>> {
    return this.client.page<WebhookDelivery>(`/webhooks/${step(id)}/deliveries`, { params, signal });
  }

  async getDelivery(id: string, deliveryId: string, { signal }: CallOptions = {}): Promise<WebhookDelivery> {
    return (await this.client.get<WebhookDelivery>(`/webhooks/${step(id)}/deliveries/${step(deliveryId)}`, { signal })).data;
  }

  async redeliver(id: string, deliveryId: string, options?: WriteOptions): Promise<WebhookDelivery> {
    return (await this.client.post<WebhookDelivery>(`/webhooks/${step(id)}/deliveries/${step(deliveryId)}/redeliver`, undefined, keyed(options))).data;
  }
}
