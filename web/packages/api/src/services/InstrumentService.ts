import type { CreateInstrumentRequest, Instrument, Page, PageParams, UpdateInstrumentRequest } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { keyed, step, type CallOptions, type WriteOptions } from './CallOptions.js';

/** What can be traded, and its rules. Writing is for administrators. */
export class InstrumentService {
  constructor(readonly client: ApiClient) {}

  list(params: PageParams = {}, { signal }: CallOptions = {}): Promise<Page<Instrument>> {
    return this.client.page<Instrument>('/instruments', { params, signal });
  }

  async get(symbol: string, { signal }: CallOptions = {}): Promise<Instrument> {
    return (await this.client.get<Instrument>(`/instruments/${step(symbol)}`, { signal })).data;
  }

  async create(request: CreateInstrumentRequest, options?: WriteOptions): Promise<Instrument> {
    return (await this.client.post<Instrument>('/instruments', request, keyed(options))).data;
  }

  async update(symbol: string, changes: UpdateInstrumentRequest, options?: WriteOptions): Promise<Instrument> {
    return (await this.client.put<Instrument>(`/instruments/${step(symbol)}`, changes, keyed(options))).data;
  }

  async halt(symbol: string, options?: WriteOptions): Promise<Instrument> {
    return (await this.client.post<Instrument>(`/instruments/${step(symbol)}/halt`, undefined, keyed(options))).data;
  }

  async resume(symbol: string, options?: WriteOptions): Promise<Instrument> {
    return (await this.client.post<Instrument>(`/instruments/${step(symbol)}/resume`, undefined, keyed(options))).data;
  }
}
