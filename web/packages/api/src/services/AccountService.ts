import type {
  Account,
  AccountBalance,
  AccountStatement,
  OpenAccountRequest,
  Page,
  PageParams,
  Transaction,
  TransactionFilters,
  UpdateAccountRequest,
} from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { readLines } from '../client/lines.js';
import { keyed, step, type CallOptions, type WriteOptions } from './CallOptions.js';

/** The user's accounts and their ledger. */
export class AccountService {
  constructor(readonly client: ApiClient) {}

  getAccounts(params: PageParams = {}, { signal }: CallOptions = {}): Promise<Page<Account>> {
    return this.client.page<Account>('/accounts', { params, signal });
  }

  async getAccountById(accountId: string, { signal }: CallOptions = {}): Promise<Account> {
    return (await this.client.get<Account>(`/accounts/${step(accountId)}`, { signal })).data;
  }

  async getAccountBalance(accountId: string, { signal }: CallOptions = {}): Promise<AccountBalance> {
    return (await this.client.get<AccountBalance>(`/accounts/${step(accountId)}/balance`, { signal })).data;
  }

  getAccountTransactions(accountId: string, params: TransactionFilters & PageParams = {}, { signal }: CallOptions = {}): Promise<Page<Transaction>> {
    return this.client.page<Transaction>(`/accounts/${step(accountId)}/transactions`, { params, signal });
  }

  /** The whole ledger of an account, newest first, in constant memory. */
  allTransactions(accountId: string, params: TransactionFilters = {}, options?: CallOptions): AsyncGenerator<Transaction, void, undefined> {
    return readLines<Transaction>(this.client, `/accounts/${step(accountId)}/transactions`, params, options);
  }

  /** @param month In UTC, such as `2026-11`. */
  async getStatement(accountId: string, month: string, { signal }: CallOptions = {}): Promise<AccountStatement> {
    return (await this.client.get<AccountStatement>(`/accounts/${step(accountId)}/statements/${step(month)}`, { signal })).data;
  }

  /** A month's statement as a page to print, or its lines as a table. */
  async getStatementFile(accountId: string, month: string, format: 'html' | 'csv', { signal }: CallOptions = {}): Promise<Blob> {
    const answer = await this.client.get<Blob>(`/accounts/${step(accountId)}/statements/${step(month)}`, {
      params: { format },
      responseType: 'blob',
      headers: { Accept: '*/*' },
      signal,
    });
    return answer.data;
  }

  async openAccount(request: OpenAccountRequest, options?: WriteOptions): Promise<Account> {
    return (await this.client.post<Account>('/accounts', request, keyed(options))).data;
  }

  async updateAccount(accountId: string, data: UpdateAccountRequest, options?: WriteOptions): Promise<Account> {
    return (await this.client.put<Account>(`/accounts/${step(accountId)}`, data, keyed(options))).data;
  }

  /** Closes an account for good; refused while it holds anything. */
  async closeAccount(accountId: string, reason?: string, options?: WriteOptions): Promise<Account> {
    return (await this.client.post<Account>(`/accounts/${step(accountId)}/close`, { reason }, keyed(options))).data;
  }

  /** Pays money in: administrators, and in Development the owner. */
  async deposit(accountId: string, amount: number, options?: WriteOptions): Promise<Account> {
    return (await this.client.post<Account>(`/accounts/${step(accountId)}/deposits`, { amount }, keyed(options))).data;
  }
}
