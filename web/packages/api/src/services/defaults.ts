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

// Each service of the one client that most programs have.
export const auth = new AuthService(apiClient);
export const users = new UserService(apiClient);
export const accounts = new AccountService(apiClient);
export const transfers = new TransferService(apiClient);
export const orders = new OrderService(apiClient);
export const marketData = new MarketDataService(apiClient);
export const portfolio = new PortfolioService(apiClient);
export const instruments = new InstrumentService(apiClient);
export const files = new FileService(apiClient);
export const webhooks = new WebhookService(apiClient);
export const jobs = new JobService(apiClient);
export const admin = new AdminService(apiClient);
