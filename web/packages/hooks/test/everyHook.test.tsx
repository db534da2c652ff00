import { act, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import * as hooks from '../src/index.js';
import { desk } from './desk.js';

const { render } = desk();
const transfer = { fromAccountId: 'account-1', toAccountId: 'account-2', amount: 1 };
const order = { symbol: 'AAPL', side: 'BUY', orderType: 'MARKET', quantity: 1 } as const;
const webhook = { url: 'https://example.com', events: ['order.filled'] } as never;

const queries = {
  useSession: () => hooks.useSession(),
  useOrders: () => hooks.useOrders(),
  useInfiniteOrders: () => hooks.useInfiniteOrders(),
  useOrder: () => hooks.useOrder('order-1'),
  usePreviewOrder: () => hooks.usePreviewOrder(order),
  useKillSwitch: () => hooks.useKillSwitch(),
  useInstruments: () => hooks.useInstruments(),
  useInstrument: () => hooks.useInstrument('AAPL'),
  useMarketData: () => hooks.useMarketData('AAPL'),
  useAllMarketData: () => hooks.useAllMarketData(),
  useCandles: () => hooks.useCandles('AAPL', '1m', { limit: 10 }),
  useTrades: () => hooks.useTrades('AAPL'),
  usePositions: () => hooks.usePositions(),
  usePortfolioSummary: () => hooks.usePortfolioSummary(),
  useAccounts: () => hooks.useAccounts(),
  useAccount: () => hooks.useAccount('account-1'),
  useTransactions: () => hooks.useTransactions('account-1'),
  useStatement: () => hooks.useStatement('account-1', '2026-11'),
  useTransfers: () => hooks.useTransfers(),
  useValidateTransfer: () => hooks.useValidateTransfer(transfer),
  useFiles: () => hooks.useFiles(),
  useWebhooks: () => hooks.useWebhooks(),
  useWebhookDeliveries: () => hooks.useWebhookDeliveries('webhook-1'),
  useUsers: () => hooks.useUsers(),
  useInfiniteUsers: () => hooks.useInfiniteUsers(),
  useUser: () => hooks.useUser('user-1'),
  useJobs: () => hooks.useJobs(),
};

describe('a query hook', () => {
  it.each(Object.entries(queries))('%s shows what the server documents', async (_, hook) => {
    const { result } = render(() => hook() as { data: unknown; error: unknown });

    await waitFor(() => expect(result.current.data ?? result.current.error).toBeDefined());

    expect(result.current.error).toBeNull();
    expect(Array.isArray(result.current.data) ? result.current.data.length : 1).toBeGreaterThan(0);
  });
});

interface Mutation {
  mutateAsync: (variables: never) => Promise<unknown>;
}
const mutations: Record<string, [() => unknown, unknown]> = {
  usePlaceOrder: [() => hooks.usePlaceOrder(), order],
  useCreateOrder: [() => hooks.useCreateOrder(), order],
  useAmendOrder: [() => hooks.useAmendOrder(), { id: 'order-1', quantity: 2 }],
  useCancelOrder: [() => hooks.useCancelOrder(), 'order-1'],
  useCancelAllOrders: [() => hooks.useCancelAllOrders(), { symbol: 'AAPL' }],
  useSetKillSwitch: [() => hooks.useSetKillSwitch(), true],
  useCreateInstrument: [() => hooks.useCreateInstrument(), { symbol: 'NEW' }],
  useUpdateInstrument: [() => hooks.useUpdateInstrument(), { symbol: 'AAPL', name: 'Apple' }],
  useHaltInstrument: [() => hooks.useHaltInstrument(), 'AAPL'],
  useResumeInstrument: [() => hooks.useResumeInstrument(), 'AAPL'],
  useOpenAccount: [() => hooks.useOpenAccount(), { name: 'Savings' }],
  useUpdateAccount: [() => hooks.useUpdateAccount(), { id: 'account-1', name: 'Trips' }],
  useCloseAccount: [() => hooks.useCloseAccount(), { id: 'account-1' }],
  useDeposit: [() => hooks.useDeposit(), { id: 'account-1', amount: 5 }],
  useSendTransfer: [() => hooks.useSendTransfer(), transfer],
  useScheduleTransfer: [() => hooks.useScheduleTransfer(), { ...transfer, runAt: '2027-01-01T00:00:00Z' }],
  useCancelTransfer: [() => hooks.useCancelTransfer(), { id: 'transfer-1' }],
  useDeleteFile: [() => hooks.useDeleteFile(), 'file-1'],
  useCreateWebhook: [() => hooks.useCreateWebhook(), webhook],
  useUpdateWebhook: [() => hooks.useUpdateWebhook(), { id: 'webhook-1', url: 'https://example.com' }],
  useDeleteWebhook: [() => hooks.useDeleteWebhook(), 'webhook-1'],
  useRotateWebhookSecret: [() => hooks.useRotateWebhookSecret(), 'webhook-1'],
  useTestWebhook: [() => hooks.useTestWebhook(), 'webhook-1'],
  useRedeliver: [() => hooks.useRedeliver(), { webhookId: 'webhook-1', deliveryId: 'delivery-1' }],
  useCreateUser: [() => hooks.useCreateUser(), { email: 'a@example.com', password: 'long enough' }],
  useUpdateUser: [() => hooks.useUpdateUser(), { id: 'user-1', name: 'A' }],
  useDeleteUser: [() => hooks.useDeleteUser(), 'user-1'],
  useRetryJob: [() => hooks.useRetryJob(), 'job-1'],
  useCancelJob: [() => hooks.useCancelJob(), 'job-1'],
};

describe('a mutation hook', () => {
  // With every list in the cache, so that what is shown at once is shown in each.
  it.each(Object.entries(mutations))('%s is answered as the server documents', async (_, [hook, variables]) => {
    const { result } = render(() => ({ mutation: hook() as Mutation, orders: hooks.useInfiniteOrders(), users: hooks.useUsers(), webhooks: hooks.useWebhooks(), files: hooks.useFiles(), transfers: hooks.useTransfers(), instruments: hooks.useInstruments() }));
    await waitFor(() => expect(result.current.instruments.data && result.current.transfers.data && result.current.files.data && result.current.users.data && result.current.orders.data).toBeDefined());

    await act(async () => {
      await result.current.mutation.mutateAsync(variables as never);
    });

    await waitFor(() => expect(result.current.orders.error ?? result.current.users.error ?? result.current.webhooks.error).toBeNull());
  });

  it('is there for everything that is exported', () => {
    const elsewhere = ['useLogin', 'useLogout', 'useRegister', 'useFileUpload', 'useAvatarUpload', 'useAlerts', 'useConnectionState', 'useOrderBook', 'usePrefetch', 'useTopics', 'useOptimisticMutation', 'useCursorPaginatedQuery', 'useMarketDataRealtime'];

    expect(Object.keys(hooks).filter((name) => name.startsWith('use')).sort()).toEqual([...Object.keys(queries), ...Object.keys(mutations), ...elsewhere].sort());
  });
});
