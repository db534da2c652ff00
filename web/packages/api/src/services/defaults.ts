import { apiClient } from '../client/defaultClient.js';
import { AccountService } from './AccountService.js';
import { AdminService } from './AdminService.js';
import { AuthService } from './AuthService.js';
import { FileService } from './FileService.js';
import { InstrumentService } from './InstrumentService.js';
import { JobService } from './JobService.js';
import { MarketDataService } from './MarketDataService.js';
import { OrderService } from './OrderService.js';
import { PortfolioService } from './PortfolioService.js';
import { TransferService } from './TransferService.js';
import { UserService } from './UserService.js';
import { WebhookService } from './WebhookService.js';

/** The {@link AuthService} of the default client. */
export const auth = new AuthService(apiClient);
/** The {@link UserService} of the default client. */
export const users = new UserService(apiClient);
/** The {@link AccountService} of the default client. */
export const accounts = new AccountService(apiClient);
/** The {@link TransferService} of the default client. */
export const transfers = new TransferService(apiClient);
/** The {@link OrderService} of the default client. */
export const orders = new OrderService(apiClient);
/** The {@link MarketDataService} of the default client. */
export const marketData = new MarketDataService(apiClient);
/** The {@link PortfolioService} of the default client. */
export const portfolio = new PortfolioService(apiClient);
/** The {@link InstrumentService} of the default client. */
export const instruments = new InstrumentService(apiClient);
/** The {@link FileService} of the default client. */
export const files = new FileService(apiClient);
/** The {@link WebhookService} of the default client. */
export const webhooks = new WebhookService(apiClient);
/** The {@link JobService} of the default client. */
export const jobs = new JobService(apiClient);
/** The {@link AdminService} of the default client. */
export const admin = new AdminService(apiClient);
