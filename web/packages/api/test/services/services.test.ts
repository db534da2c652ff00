import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  AccountService,
  AdminService,
  AuthService,
  FileService,
  InstrumentService,
  JobService,
  MarketDataService,
  OrderService,
  PortfolioService,
  TransferService,
  UserService,
  WebhookService,
} from '../../src/index.js';
import { handlerFor, type OperationId } from '../../src/msw/index.js';
import { failureOf, impatientClient, mockVenue } from '../venue.js';

const server = mockVenue();
const client = impatientClient({ limit: { requests: 10_000 } });
const [accounts, admin, auth, files, instruments, jobs] = [AccountService, AdminService, AuthService, FileService, InstrumentService, JobService].map(
  (Service) => new Service(client),
) as [AccountService, AdminService, AuthService, FileService, InstrumentService, JobService];
const [markets, orders, portfolio, transfers, users, webhooks] = [MarketDataService, OrderService, PortfolioService, TransferService, UserService, WebhookService].map(
  (Service) => new Service(client),
) as [MarketDataService, OrderService, PortfolioService, TransferService, UserService, WebhookService];
const place = { symbol: 'AAPL', side: 'BUY', orderType: 'LIMIT', quantity: 1, price: 150 } as const;
const transfer = { fromAccountId: 'account-1', toAccountId: 'account-2', amount: 1 };
const webhook = { url: 'https://example.com', events: ['order.filled'] } as never;
const picture = new File(['x'], 'x.png', { type: 'image/png' });

/** Every method, and the operation that it must be. */
const calls: [OperationId, () => Promise<unknown>][] = [
  ['listAccounts', () => accounts.getAccounts()],
  ['getAccount', () => accounts.getAccountById('account-1')],
  ['getBalance', () => accounts.getAccountBalance('account-1')],
  ['listTransactions', () => accounts.getAccountTransactions('account-1', { type: 'TRADE' })],
  ['getStatement', () => accounts.getStatement('account-1', '2026-11')],
  ['getStatement', () => accounts.getStatementFile('account-1', '2026-11', 'csv')],
  ['openAccount', () => accounts.openAccount({ name: 'Savings' })],
  ['updateAccount', () => accounts.updateAccount('account-1', { name: 'Trips' })],
  ['closeAccount', () => accounts.closeAccount('account-1', 'done')],
  ['deposit', () => accounts.deposit('account-1', 10)],
  ['getAbout', () => admin.about()],
  ['deliverPosition', () => admin.deliverPosition('account-1', { symbol: 'AAPL', quantity: 1 })],
  ['sendNotification', () => admin.sendNotification({ userId: 'user-1', title: 'Hello', message: 'There.' })],
  ['getReconciliation', () => admin.reconciliation()],
  ['getStateHash', () => admin.stateHash(5)],
  ['listStripeEvents', () => admin.stripeEvents()],
  ['requestPasswordReset', () => auth.requestPasswordReset('user@example.com')],
  ['confirmPasswordReset', () => auth.confirmPasswordReset({ token: 't', password: 'p' })],
  ['verifyEmail', () => auth.verifyEmail('t')],
  ['resendEmailVerification', () => auth.resendEmailVerification()],
  ['register', () => auth.register({ email: 'a@example.com', password: 'long enough', name: 'A' })],
  ['me', () => auth.me()],
  ['refresh', () => auth.refresh()],
  ['listFiles', () => files.list()],
  ['getFile', () => files.download('file-1')],
  ['upload', () => files.upload(picture)],
  ['deleteFile', () => files.delete('file-1')],
  ['listInstruments', () => instruments.list()],
  ['getInstrument', () => instruments.get('AAPL')],
  ['createInstrument', () => instruments.create({ symbol: 'NEW' })],
  ['updateInstrument', () => instruments.update('AAPL', { name: 'Apple' })],
  ['haltInstrument', () => instruments.halt('AAPL')],
  ['resumeInstrument', () => instruments.resume('AAPL')],
  ['listJobs', () => jobs.list()],
  ['getJob', () => jobs.get('job-1')],
  ['retryJob', () => jobs.retry('job-1')],
  ['cancelJob', () => jobs.cancel('job-1')],
  ['getMarketData', () => markets.get('AAPL')],
  ['listMarketData', () => markets.list()],
  ['listCandles', () => markets.candles('AAPL', { interval: '1m' })],
  ['getOrderBook', () => markets.orderBook('AAPL', 5)],
  ['listTrades', () => markets.trades('AAPL')],
  ['listOrders', () => orders.list({ status: 'NEW' })],
  ['getOrder', () => orders.get('order-1')],
  ['placeOrder', () => orders.place(place)],
  ['previewOrder', () => orders.preview(place)],
  ['amendOrder', () => orders.amend('order-1', { quantity: 2 })],
  ['cancelOrder', () => orders.cancel('order-1')],
  ['cancelOrders', () => orders.cancelAll({ symbol: 'AAPL' })],
  ['getKillSwitch', () => orders.killSwitch()],
  ['setKillSwitch', () => orders.setKillSwitch(true)],
  ['listPositions', () => portfolio.positions()],
  ['getPortfolioSummary', () => portfolio.summary()],
  ['validateTransfer', () => transfers.validateTransfer(transfer)],
  ['createTransfer', () => transfers.createTransfer(transfer)],
  ['getTransfer', () => transfers.getTransfer('transfer-1')],
  ['getTransferStatus', () => transfers.getTransferStatus('transfer-1')],
  ['listTransferHistory', () => transfers.getTransferHistory()],
  ['cancelTransfer', () => transfers.cancelTransfer('transfer-1', 'no')],
  ['scheduleTransfer', () => transfers.scheduleTransfer({ ...transfer, runAt: '2027-01-01T00:00:00Z' })],
  ['listUsers', () => users.list({ role: 'TRADER' })],
  ['getUser', () => users.getProfile('user-1')],
  ['createUser', () => users.create({ email: 'a@example.com', password: 'long enough' })],
  ['updateUser', () => users.update('user-1', { name: 'A' })],
  ['deleteUser', () => users.delete('user-1')],
  ['setAvatar', () => users.setAvatar('user-1', picture)],
  ['listWebhooks', () => webhooks.list()],
  ['getWebhook', () => webhooks.get('webhook-1')],
  ['createWebhook', () => webhooks.create(webhook)],
  ['updateWebhook', () => webhooks.update('webhook-1', webhook)],
  ['deleteWebhook', () => webhooks.delete('webhook-1')],
  ['rotateWebhookSecret', () => webhooks.rotateSecret('webhook-1')],
  ['testWebhook', () => webhooks.test('webhook-1')],
  ['listWebhookDeliveries', () => webhooks.deliveries('webhook-1')],
  ['getWebhookDelivery', () => webhooks.getDelivery('webhook-1', 'delivery-1')],
  ['redeliverWebhook', () => webhooks.redeliver('webhook-1', 'delivery-1')],
];

interface Documented {
  operationId: string;
  parameters?: { name: string; in: string }[];
}
const { paths } = JSON.parse(readFileSync('../types/openapi.json', 'utf8')) as { paths: Record<string, Record<string, Documented>> };
const documented = new Map(Object.values(paths).flatMap((methods) => Object.values(methods).map((operation) => [operation.operationId, operation])));

describe('a method of a service', () => {
  it.each(calls)('is the operation %s with parameters that it takes', async (operation, call) => {
    const asked: Request[] = [];
    server.use(
      handlerFor(operation, ({ request }) => {
        asked.push(request);
        return {};
      }),
    );
    client.session.signedIn({ accessToken: 'a', refreshToken: 'r', expiresIn: 1 });

    await call();

    expect(asked).toHaveLength(1);
    const taken = documented.get(operation)?.parameters ?? [];
    for (const name of new URL(asked[0]?.url ?? '').searchParams.keys()) expect(taken.map((parameter) => parameter.name)).toContain(name);
    // A key is sent exactly where it makes the write happen once.
    const takesKey = taken.some((parameter) => parameter.name === 'Idempotency-Key');
    const isAuth = ['resendEmailVerification', 'logout'].includes(operation);
    expect(asked[0]?.headers.has('Idempotency-Key')).toBe(takesKey && !isAuth);
  });

  it('is there for every operation of the document but the streams and the doors of others', () => {
    const known = new Set<string>(calls.map(([operation]) => operation));
    const elsewhere = ['login', 'logout', 'replaceUser', 'receiveStripeEvent', 'headFile', 'getAvatar', 'listTransfers', 'getMarketDataBatch', 'streamEvents', 'pollEvents'];

    expect([...documented.keys()].filter((operation) => !known.has(operation)).sort()).toEqual(elsewhere.sort());
  });
});

describe('cancelling all orders', () => {
  it('says so and is never what an empty filter happens to mean', async () => {
    const asked: string[] = [];
    server.use(
      handlerFor('cancelOrders', ({ request }) => {
        asked.push(new URL(request.url).search);
        return {};
      }),
    );

    await orders.cancelAll();
    await orders.cancelAll({ symbol: 'AAPL' });
    await orders.cancelAll({ accountId: 'account-1' });

    expect(asked).toEqual(['?all=true', '?symbol=AAPL', '?accountId=account-1']);
  });
});

describe('an upload', () => {
  it('tells its progress and sends the file as a form', async () => {
    let contentType = '';
    server.use(
      handlerFor('upload', async ({ request }) => {
        contentType = request.headers.get('Content-Type') ?? '';
        await request.arrayBuffer();
        return {};
      }),
    );
    const progress: number[] = [];

    const stored = await files.upload(new File(['x'.repeat(100_000)], 'notes.txt', { type: 'text/plain' }), { onProgress: (percent) => progress.push(percent) });

    expect(stored.fileId).toMatch(/^file-/);
    expect(contentType).toMatch(/^multipart\/form-data; ?boundary=/);
    expect(progress.at(-1)).toBe(100);
    expect([...progress].sort((left, right) => left - right)).toEqual(progress);
  });

  it('can be given up', async () => {
    const giveUp = new AbortController();
    server.use(handlerFor('upload', () => new Promise<never>(() => giveUp.abort())));

    expect(await failureOf(files.upload(picture, { signal: giveUp.signal }))).toMatchObject({ type: 'CANCELLED' });
  });
});
