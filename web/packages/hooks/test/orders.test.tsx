import { handlerFor } from '@mytradex/api/msw';
import type { Order } from '@mytradex/types';
import { onlineManager } from '@tanstack/react-query';
import { act, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useAmendOrder, useCancelAllOrders, useCancelOrder, useInfiniteOrders, useOrder, useOrders, usePlaceOrder, usePortfolioSummary, usePreviewOrder } from '../src/index.js';
import { desk } from './desk.js';

const { server, render, connect, tell, queryClient } = desk();

const order = (number: number, changes: Partial<Order> = {}): Order => ({
  id: `order-${number}`,
  userId: 'user-123',
  accountId: 'account-5',
  symbol: 'AAPL',
  side: 'BUY',
  orderType: 'LIMIT',
  quantity: 10,
  price: 150.1,
  filledQuantity: 0,
  remainingQuantity: 10,
  fees: 0,
  timeInForce: 'DAY',
  postOnly: false,
  selfTradePrevention: 'CANCEL_NEWEST',
  status: 'NEW',
  createdAt: `2026-11-21T20:00:0${number}.000Z`,
  updatedAt: `2026-11-21T20:00:0${number}.000Z`,
  sequence: 100 + number,
  ...changes,
});
const shown = (orders: Order[] | undefined) => orders?.map(({ id, status }) => `${id} ${status}`);
const refusal = { status: 409, error: { code: 'ORDER_NOT_OPEN', message: 'It is filled.' } };

/** A server whose answer waits until the test lets it go. */
function held<T>() {
  let answer!: (value: T) => void;
  const promise = new Promise<T>((resolve) => (answer = resolve));
  return { promise, answer };
}

describe('a list of orders', () => {
  it('changes with what realtime tells, as its filters say', async () => {
    server.use(handlerFor('listOrders', { data: [order(2), order(1)], pagination: { page: 1 } }));
    const { result } = render(() => ({ open: useOrders({ status: 'NEW,PARTIAL' }), all: useInfiniteOrders() }));
    await waitFor(() => expect(shown(result.current.open.data)).toEqual(['order-2 NEW', 'order-1 NEW']));
    await waitFor(() => expect(result.current.all.data).toHaveLength(2));
    await connect();

    await tell('order:update', 'orders', 1, order(3, { sequence: 200 }));
    expect(shown(result.current.open.data)).toEqual(['order-3 NEW', 'order-2 NEW', 'order-1 NEW']);
    await tell('order:update', 'orders', 2, order(1, { sequence: 201, status: 'PARTIAL', filledQuantity: 4 }));
    await tell('order:update', 'orders', 3, order(2, { sequence: 202, status: 'FILLED', filledQuantity: 10 }));

    expect(shown(result.current.open.data)).toEqual(['order-3 NEW', 'order-1 PARTIAL']);
    expect(shown(result.current.all.data)).toEqual(['order-3 NEW', 'order-2 FILLED', 'order-1 PARTIAL']);
  });

  it('is not set back by what is older', async () => {
    server.use(handlerFor('listOrders', { data: [order(1, { status: 'FILLED', sequence: 300 })] }));
    const { result } = render(() => useOrders());
    await waitFor(() => expect(result.current.data).toHaveLength(1));
    await connect();

    await tell('order:update', 'orders', 1, order(1, { status: 'NEW', sequence: 299 }));

    expect(shown(result.current.data)).toEqual(['order-1 FILLED']);
  });

  it('is read anew after a gap', async () => {
    let reads = 0;
    server.use(handlerFor('listOrders', () => ({ data: [order(++reads)] })));
    const { result } = render(() => useOrders());
    await waitFor(() => expect(shown(result.current.data)).toEqual(['order-1 NEW']));
    await connect();

    await tell('gap', 'orders', 9, { topic: 'orders', missedThrough: 9 });

    await waitFor(() => expect(shown(result.current.data)).toEqual(['order-2 NEW']));
  });

  it('grows page by page', async () => {
    server.use(
      handlerFor('listOrders', ({ request }) =>
        new URL(request.url).searchParams.get('cursor') === 'c1'
          ? { data: [order(1)], pagination: { hasMore: false } }
          : { data: [order(2)], pagination: { nextCursor: 'c1', hasMore: true } },
      ),
    );
    const { result } = render(() => useInfiniteOrders({ symbol: 'AAPL' }));
    await waitFor(() => expect(result.current.hasNextPage).toBe(true));

    await act(() => result.current.fetchNextPage());

    await waitFor(() => expect(shown(result.current.data)).toEqual(['order-2 NEW', 'order-1 NEW']));
    expect(result.current.hasNextPage).toBe(false);
  });
});

describe('cancelling', () => {
  it('is shown at once and taken back when it is refused', async () => {
    const wait = held<typeof refusal>();
    server.use(
      handlerFor('listOrders', { data: [order(2), order(1)] }),
      handlerFor('getOrder', { data: order(1) }),
      handlerFor('cancelOrder', () => wait.promise),
    );
    const { result } = render(() => ({ orders: useOrders(), order: useOrder('order-1'), cancel: useCancelOrder() }));
    await waitFor(() => expect(result.current.order.data).toBeDefined());
    await waitFor(() => expect(result.current.orders.data).toBeDefined());

    act(() => result.current.cancel.mutate('order-1'));
    await waitFor(() => expect(shown(result.current.orders.data)).toEqual(['order-2 NEW', 'order-1 CANCELLED']));
    expect(result.current.order.data?.status).toBe('CANCELLED');
    // Nothing is read again before the test has looked.
    server.use(handlerFor('listOrders', () => new Promise<never>(() => undefined)), handlerFor('getOrder', () => new Promise<never>(() => undefined)));
    act(() => wait.answer(refusal));

    await waitFor(() => expect(result.current.cancel.error).toMatchObject({ code: 'ORDER_NOT_OPEN' }));
    expect(shown(result.current.orders.data)).toEqual(['order-2 NEW', 'order-1 NEW']);
    expect(result.current.order.data?.status).toBe('NEW');
  });

  it('that is refused leaves what realtime has told meanwhile', async () => {
    const wait = held<typeof refusal>();
    server.use(handlerFor('listOrders', { data: [order(1)] }), handlerFor('cancelOrder', () => wait.promise));
    const { result } = render(() => ({ orders: useOrders(), cancel: useCancelOrder() }));
    await waitFor(() => expect(result.current.orders.data).toBeDefined());
    await connect();
    act(() => result.current.cancel.mutate('order-1'));
    await waitFor(() => expect(shown(result.current.orders.data)).toEqual(['order-1 CANCELLED']));

    await tell('order:update', 'orders', 1, order(1, { status: 'FILLED', sequence: 300 }));
    server.use(handlerFor('listOrders', () => new Promise<never>(() => undefined)));
    act(() => wait.answer(refusal));

    await waitFor(() => expect(result.current.cancel.isError).toBe(true));
    expect(shown(result.current.orders.data)).toEqual(['order-1 FILLED']);
  });

  it('all reads the orders anew', async () => {
    let isCancelled = false;
    server.use(
      handlerFor('listOrders', () => ({ data: [order(1, { status: isCancelled ? 'CANCELLED' : 'NEW' })] })),
      handlerFor('cancelOrders', () => {
        isCancelled = true;
        return { data: { cancelled: 1 } };
      }),
    );
    const { result } = render(() => ({ orders: useOrders(), cancelAll: useCancelAllOrders() }));
    await waitFor(() => expect(result.current.orders.data).toBeDefined());

    await act(() => result.current.cancelAll.mutateAsync());

    await waitFor(() => expect(shown(result.current.orders.data)).toEqual(['order-1 CANCELLED']));
  });
});

describe('amending', () => {
  it('is shown at once to the last decimal', async () => {
    const before = order(1, { quantity: 0.3, filledQuantity: 0.1, remainingQuantity: 0.2 });
    server.use(handlerFor('listOrders', { data: [before] }), handlerFor('amendOrder', () => new Promise<never>(() => undefined)));
    const { result } = render(() => ({ orders: useOrders(), amend: useAmendOrder() }));
    await waitFor(() => expect(result.current.orders.data).toBeDefined());

    act(() => result.current.amend.mutate({ id: 'order-1', quantity: 0.7, price: 151 }));

    await waitFor(() => expect(result.current.orders.data?.[0]).toEqual({ ...before, quantity: 0.7, remainingQuantity: 0.6, price: 151 }));
  });
});

describe('placing', () => {
  it('puts the order into the lists and reads anew what it moves', async () => {
    let summaries = 0;
    server.use(
      handlerFor('listOrders', { data: [order(1)] }),
      handlerFor('placeOrder', { data: order(2, { sequence: 300 }) }),
      handlerFor('getPortfolioSummary', () => {
        summaries++;
        return {};
      }),
    );
    const { result } = render(() => ({ orders: useOrders(), summary: usePortfolioSummary(), place: usePlaceOrder() }));
    await waitFor(() => expect(result.current.orders.data).toBeDefined());
    await waitFor(() => expect(summaries).toBe(1));
    server.use(handlerFor('listOrders', () => new Promise<never>(() => undefined)));

    await act(() => result.current.place.mutateAsync({ symbol: 'AAPL', side: 'BUY', orderType: 'LIMIT', quantity: 10, price: 150.1 }));

    expect(shown(result.current.orders.data)).toEqual(['order-2 NEW', 'order-1 NEW']);
    await waitFor(() => expect(summaries).toBe(2));
  });

  it('again by a person sends the same key', async () => {
    const sent: (string | null)[] = [];
    server.use(
      handlerFor('placeOrder', async ({ request }) => {
        sent.push(request.headers.get('Idempotency-Key'));
        expect(await request.json()).not.toHaveProperty('idempotencyKey');
        return {};
      }),
    );
    const { result } = render(() => usePlaceOrder());
    const given = { symbol: 'AAPL', side: 'BUY', orderType: 'MARKET', quantity: 1, idempotencyKey: 'ticket-1' } as const;

    await act(() => result.current.mutateAsync(given));
    await act(() => result.current.mutateAsync(given));

    expect(sent).toEqual(['ticket-1', 'ticket-1']);
  });
});

describe('placing without a network', () => {
  it('is tried now and not kept for another moment', async () => {
    let asked = 0;
    server.use(handlerFor('placeOrder', () => (asked++, {})));
    const { result } = render(() => usePlaceOrder());
    // What the browser says of its network is not always so; what is tried then arrives, and what does not fails.
    onlineManager.setOnline(false);
    try {
      await act(() => result.current.mutateAsync({ symbol: 'AAPL', side: 'BUY', orderType: 'MARKET', quantity: 1 }));
      expect(asked).toBe(1);
    } finally {
      onlineManager.setOnline(true);
    }
  });
});

describe('a preview', () => {
  it('is asked for only when there is something to preview', async () => {
    const { result } = render(() => ({ none: usePreviewOrder(undefined), some: usePreviewOrder({ symbol: 'AAPL', side: 'BUY', orderType: 'MARKET', quantity: 1 }) }));

    await waitFor(() => expect(result.current.some.data?.accepted).toBe(true));
    expect(result.current.none.fetchStatus).toBe('idle');
    expect(queryClient().isFetching()).toBe(0);
  });
});
