import type {
  AboutServer,
  Account,
  DeliverPositionRequest,
  Job,
  NotificationRequest,
  Page,
  PageParams,
  Reconciliation,
  StateHash,
  StripeEvent,
  StripeEventFilters,
} from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { keyed, step, type CallOptions, type WriteOptions } from './CallOptions.js';

/** What administrators see and do besides users, instruments and jobs. */
export class AdminService {
  constructor(readonly client: ApiClient) {}

  /** What the server is; for everybody. */
  async about({ signal }: CallOptions = {}): Promise<AboutServer> {
    return (await this.client.get<AboutServer>('/about', { signal })).data;
  }

  /** Delivers shares into an account. */
  async deliverPosition(accountId: string, request: DeliverPositionRequest, options?: WriteOptions): Promise<Account> {
    return (await this.client.post<Account>(`/accounts/${step(accountId)}/positions`, request, keyed(options))).data;
  }

  async sendNotification(request: NotificationRequest, options?: WriteOptions): Promise<Job> {
    return (await this.client.post<Job>('/admin/notifications', request, keyed(options))).data;
  }

  /** Whether the books agree with each other. */
  async reconciliation({ signal }: CallOptions = {}): Promise<Reconciliation> {
    return (await this.client.get<Reconciliation>('/admin/reconciliation', { signal })).data;
  }

  async stateHash(sequence?: number, { signal }: CallOptions = {}): Promise<StateHash> {
    return (await this.client.get<StateHash>('/admin/state-hash', { params: { sequence }, signal })).data;
  }

  stripeEvents(params: StripeEventFilters & PageParams = {}, { signal }: CallOptions = {}): Promise<Page<StripeEvent>> {
    return this.client.page<StripeEvent>('/admin/stripe-events', { params, signal });
  }
}
