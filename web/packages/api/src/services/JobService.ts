import type { Job, JobFilters, Page, PageParams } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { keyed, step, type CallOptions, type WriteOptions } from './CallOptions.js';

/** Background work; administrators only. */
export class JobService {
  constructor(readonly client: ApiClient) {}

  list(params: JobFilters & PageParams = {}, { signal }: CallOptions = {}): Promise<Page<Job>> {
    return this.client.page<Job>('/admin/jobs', { params, signal });
  }

  async get(id: string, { signal }: CallOptions = {}): Promise<Job> {
    return (await this.client.get<Job>(`/admin/jobs/${step(id)}`, { signal })).data;
  }

  async retry(id: string, options?: WriteOptions): Promise<Job> {
    return (await this.client.post<Job>(`/admin/jobs/${step(id)}/retry`, undefined, keyed(options))).data;
  }

  async cancel(id: string, options?: WriteOptions): Promise<Job> {
    return (await this.client.post<Job>(`/admin/jobs/${step(id)}/cancel`, undefined, keyed(options))).data;
  }
}
