export { ApiClient, idempotent, type ApiAnswer, type ApiConfig, type RequestConfig } from './client/ApiClient.js';
export { ApiError, type ApiErrorType } from './client/ApiError.js';
export { apiClient, configureApi } from './client/defaultClient.js';
export { newId } from './client/ids.js';
export { readLines } from './client/lines.js';
export { fetchAll } from './client/pages.js';
export type { LimitOptions } from './client/RateLimiter.js';
export type { RetryOptions } from './client/RetryPolicy.js';

export type { AuthStrategy } from './auth/AuthStrategy.js';
export { cookieAuth } from './auth/cookieAuth.js';
export type { SessionEvents, SessionKeeper } from './auth/SessionKeeper.js';
export { memoryTokenStore, tokenAuth, type Tokens, type TokenStore } from './auth/tokenAuth.js';

export { CacheManager, type CacheOptions } from './cache/CacheManager.js';
export { cacheManager } from './cache/defaultCache.js';
export { dependencies, dependenciesOf, invalidateDependencies, onInvalidated, type Resource } from './cache/dependencies.js';

export { AccountService } from './services/AccountService.js';
export { AdminService } from './services/AdminService.js';
export { AuthService } from './services/AuthService.js';
export type { CallOptions, WriteOptions } from './services/CallOptions.js';
export { accounts, admin, auth, files, instruments, jobs, marketData, orders, portfolio, transfers, users, webhooks } from './services/defaults.js';
export { FileService } from './services/FileService.js';
export { InstrumentService } from './services/InstrumentService.js';
export { JobService } from './services/JobService.js';
export { MarketDataService } from './services/MarketDataService.js';
export { OrderService } from './services/OrderService.js';
export { PortfolioService } from './services/PortfolioService.js';
export { TransferService } from './services/TransferService.js';
export type { UploadOptions } from './services/upload.js';
export { UserService } from './services/UserService.js';
export { WebhookService } from './services/WebhookService.js';

export { ConnectionStore, type ConnectionState, type ConnectionStatus } from './realtime/ConnectionStore.js';
export { realtime } from './realtime/defaultRealtime.js';
export { RealtimeClient, type RealtimeOptions } from './realtime/RealtimeClient.js';
export { createSocket, getSocket, type VenueSocket } from './realtime/socket.js';
export type { EventHandler } from './realtime/TopicTable.js';

export { crc32 } from './orderbook/crc32.js';
export { addExactly, fromScaled, plain, scaledText, toScaled } from './orderbook/decimal.js';
export { OrderBook, type BookLevel, type BookOutcome, type BookScales, type BookView } from './orderbook/OrderBook.js';
export { OrderBookFeed, type FollowedBook } from './orderbook/OrderBookFeed.js';
