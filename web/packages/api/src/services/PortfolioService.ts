import type { Page, PageParams, PortfolioSummary, Position, PositionFilters, SummaryFilters } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import type { CallOptions } from './CallOptions.js';

/** What the user holds, and what it has earned. */
export class PortfolioService {
  constructor(readonly client: ApiClient) {}

  positions(params: PositionFilters & PageParams = {}, { signal }: CallOptions = {}): Promise<Page<Position>> {
    return this.client.page<Position>('/portfolio/positions', { params, signal });
  }

  async summary(params: SummaryFilters = {}, { signal }: CallOptions = {}): Promise<PortfolioSummary> {
    return (await this.client.get<PortfolioSummary>('/portfolio/summary', { params, signal })).data;
  }
}
