import type { Page, PageParams, ScheduleTransferRequest, Transfer, TransferFilters, TransferRequest, TransferValidation } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { readLines } from '../client/lines.js';
import { keyed, step, type CallOptions, type WriteOptions } from './CallOptions.js';

/** Money sent to one's own or another user's account: now, later, or again and again. */
export class TransferService {
  constructor(readonly client: ApiClient) {}

  /** Whether a transfer would go through, and what may still be sent today. */
  async validateTransfer(data: TransferRequest, { signal }: CallOptions = {}): Promise<TransferValidation> {
    return (await this.client.post<TransferValidation>('/transfers/validate', data, keyed({ signal }))).data;
  }

  /** Sends money; it has moved when this resolves. */
  async createTransfer(data: TransferRequest, options?: WriteOptions): Promise<Transfer> {
    return (await this.client.post<Transfer>('/transfers', data, keyed(options))).data;
  }

  async getTransfer(transferId: string, { signal }: CallOptions = {}): Promise<Transfer> {
    return (await this.client.get<Transfer>(`/transfers/${step(transferId)}`, { signal })).data;
  }

  async getTransferStatus(transferId: string, { signal }: CallOptions = {}): Promise<Transfer> {
    return (await this.client.get<Transfer>(`/transfers/${step(transferId)}/status`, { signal })).data;
  }

  getTransferHistory(params: TransferFilters & PageParams = {}, { signal }: CallOptions = {}): Promise<Page<Transfer>> {
    return this.client.page<Transfer>('/transfers/history', { params, signal });
  }

  /** All transfers, newest first, in constant memory. */
  allTransfers(params: TransferFilters = {}, options?: CallOptions): AsyncGenerator<Transfer, void, undefined> {
    return readLines<Transfer>(this.client, '/transfers/history', params, options);
  }

  /** Takes back a transfer that is still to come, and what would have followed it. */
  async cancelTransfer(transferId: string, reason?: string, options?: WriteOptions): Promise<Transfer> {
    return (await this.client.post<Transfer>(`/transfers/${step(transferId)}/cancel`, { reason }, keyed(options))).data;
  }

  async scheduleTransfer(data: ScheduleTransferRequest, options?: WriteOptions): Promise<Transfer> {
    return (await this.client.post<Transfer>('/transfers/schedule', data, keyed(options))).data;
  }
}
