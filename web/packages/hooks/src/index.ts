import './tanstack4.js';

export { ApiProvider, type ApiProviderProps } from './ApiProvider.js';
export { createQueryClient } from './createQueryClient.js';
export { keys } from './keys.js';
export { useAccount, useAccounts, useCloseAccount, useDeposit, useOpenAccount, useStatement, useTransactions, useUpdateAccount } from './accounts.js';
export { useAlerts } from './alerts.js';
export { useCandles, type CandleRange } from './candles.js';
export { useConnectionState } from './connection.js';
export { useCursorPaginatedQuery, type CursorPaginationParams } from './cursor.js';
export { useAvatarUpload, useDeleteFile, useFiles, useFileUpload, type UploadState } from './files.js';
export { useCreateInstrument, useHaltInstrument, useInstrument, useInstruments, useResumeInstrument, useUpdateInstrument } from './instruments.js';
export { useCancelJob, useJobs, useRetryJob } from './jobs.js';
export type { InfiniteExtras, InfiniteResult, QueryExtras } from './lists.js';
export { useAllMarketData, useMarketData, useMarketDataRealtime } from './marketData.js';
export { useOptimisticMutation, type MutationExtras, type OptimisticWrite } from './mutations.js';
export { useOrderBook } from './orderBook.js';
export {
  useAmendOrder,
  useCancelAllOrders,
  useCancelOrder,
  useCreateOrder,
  useInfiniteOrders,
  useKillSwitch,
  useOrder,
  useOrders,
  usePlaceOrder,
  usePreviewOrder,
  useSetKillSwitch,
  type Amendment,
} from './orders.js';
export { usePortfolioSummary, usePositions } from './portfolio.js';
export { usePrefetch, type Prefetches } from './prefetch.js';
export { useLogin, useLogout, useRegister, useSession } from './session.js';
export { useTopics } from './useTopic.js';
export { useTrades } from './trades.js';
export { useCancelTransfer, useScheduleTransfer, useSendTransfer, useTransfers, useValidateTransfer } from './transfers.js';
export { useCreateUser, useDeleteUser, useInfiniteUsers, useUpdateUser, useUser, useUsers } from './users.js';
export {
  useCreateWebhook,
  useDeleteWebhook,
  useRedeliver,
  useRotateWebhookSecret,
  useTestWebhook,
  useUpdateWebhook,
  useWebhookDeliveries,
  useWebhooks,
} from './webhooks.js';
