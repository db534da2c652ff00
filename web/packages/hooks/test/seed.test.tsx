import { handlerFor } from '@mytradex/api/msw';
import { act, fireEvent, render, renderHook, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { desk } from './desk.js';
import { DocumentUpload } from './seed/DocumentUpload.js';
import { InfiniteOrderList } from './seed/InfiniteOrderList.js';
import { openedForms } from './seed/openOrderForm.js';
import { QuickOrderButton } from './seed/QuickOrderButton.js';
import { batchedApiClient } from './seed/RequestBatcher.js';
import { useOrdersWithCursor } from './seed/useCursorPaginatedQuery.js';
import { useMarketData, useMarketDataRealtime } from './seed/useMarketData.js';
import { useCancelOrder, useCreateOrder, useOrders } from './seed/useOrders.js';

const { server, socket, queryClient, wrapper } = desk();
const order = (id: string, status = 'NEW') => ({ id, symbol: 'AAPL', status, orderType: 'LIMIT' });

describe('hooks as front ends write them', () => {
  it('useOrders shows orders and keeps them for its cacheTime', async () => {
    server.use(handlerFor('listOrders', ({ request }) => ({ data: [order(`order of ${new URL(request.url).searchParams.get('symbol')}`)] })));

    const { result } = renderHook(() => useOrders({ symbol: 'AAPL' }), { wrapper });

    await waitFor(() => expect(result.current.data?.map(({ id }) => id)).toEqual(['order of AAPL']));
    expect(queryClient().getQueryCache().find({ queryKey: ['orders', { symbol: 'AAPL' }] })?.gcTime).toBe(300_000);
  });

  it('useCreateOrder puts the order first and useCancelOrder shows it cancelled', async () => {
    queryClient().setQueryData(['orders'], [order('order-1')]);
    server.use(
      handlerFor('placeOrder', async ({ request }) => ({ data: { ...order('order-2'), ...((await request.json()) as object) } })),
      handlerFor('cancelOrder', ({ params }) => ({ data: order(params.id ?? '', 'CANCELLED') })),
    );
    const { result } = renderHook(() => ({ create: useCreateOrder(), cancel: useCancelOrder() }), { wrapper });

    await act(() => result.current.create.mutateAsync({ symbol: 'MSFT', side: 'BUY', orderType: 'LIMIT', quantity: 1, price: 5 }));
    expect(queryClient().getQueryData(['orders'])).toMatchObject([{ id: 'order-2', symbol: 'MSFT' }, { id: 'order-1' }]);

    await act(() => result.current.cancel.mutateAsync('order-1'));
    expect(queryClient().getQueryData(['orders'])).toMatchObject([{ id: 'order-2' }, { id: 'order-1', status: 'CANCELLED' }]);
  });

  it('useMarketData shows the market', async () => {
    server.use(handlerFor('getMarketData', ({ params }) => ({ data: { symbol: params.symbol, lastPrice: 150.25 } })));

    const { result } = renderHook(() => useMarketData('AAPL'), { wrapper });

    await waitFor(() => expect(result.current.data).toEqual({ symbol: 'AAPL', lastPrice: 150.25 }));
  });

  it('useMarketDataRealtime subscribes shows prices and unsubscribes', () => {
    const { result, unmount } = renderHook(() => useMarketDataRealtime('AAPL'), { wrapper });

    act(() => socket().accept());
    expect(result.current.isConnected).toBe(true);
    expect(socket().sent).toContainEqual(['subscribe', 'market:AAPL']);
    act(() => socket().tell('market:update', 'market:MSFT', 4, { symbol: 'MSFT', lastPrice: 2 }));
    act(() => socket().tell('market:update', 'market:AAPL', 5, { symbol: 'AAPL', lastPrice: 1 }));
    expect(result.current.data).toEqual({ symbol: 'AAPL', lastPrice: 1 });
    act(() => socket().cut());
    expect(result.current.isConnected).toBe(false);

    unmount();
    expect(socket().sent.at(-1)).toEqual(['unsubscribe', 'market:AAPL']);
  });

  it('useOrdersWithCursor shows the page before until the next is there', async () => {
    server.use(
      handlerFor('listOrders', ({ request }) => {
        const params = new URL(request.url).searchParams;
        return { data: [order(`order after ${params.get('cursor') || 'none'}, ${params.get('limit')} a page`)], pagination: { nextCursor: 'c1', hasMore: true } };
      }),
    );
    const { result, rerender } = renderHook(({ cursor }: { cursor?: string }) => useOrdersWithCursor({ cursor }), { wrapper, initialProps: {} });
    const ids = () => (result.current.data?.data as { id: string }[] | undefined)?.map(({ id }) => id);
    await waitFor(() => expect(ids()).toEqual(['order after none, 20 a page']));

    rerender({ cursor: result.current.data?.pagination.nextCursor });

    expect(ids()).toEqual(['order after none, 20 a page']);
    await waitFor(() => expect(ids()).toEqual(['order after c1, 20 a page']));
  });

  it('InfiniteOrderList loads more until there is no more', async () => {
    server.use(
      handlerFor('listOrders', ({ request }) =>
        new URL(request.url).searchParams.get('cursor')
          ? { data: [order('order-1', 'FILLED')], pagination: { hasMore: false } }
          : { data: [order('order-2')], pagination: { nextCursor: 'c1', hasMore: true } },
      ),
    );
    render(<InfiniteOrderList />, { wrapper });

    fireEvent.click(await screen.findByText('Load More'));

    expect(await screen.findByText('order-1 AAPL FILLED')).toBeDefined();
    expect(screen.getByText('order-2 AAPL NEW')).toBeDefined();
    expect(screen.queryByText('Load More')).toBeNull();
  });

  it('DocumentUpload tells its progress and the files id', async () => {
    const logged: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void logged.push(line));
    server.use(
      handlerFor('upload', async ({ request }) => {
        await request.arrayBuffer();
        return { data: { fileId: 'file-7' } };
      }),
    );
    const { container } = render(<DocumentUpload />, { wrapper });
    const input = container.querySelector('input') as HTMLInputElement;

    fireEvent.change(input, { target: { files: [new File(['x'.repeat(50_000)], 'notes.txt', { type: 'text/plain' })] } });

    await waitFor(() => expect(logged.at(-1)).toBe('File uploaded with ID: file-7'));
    expect(logged).toContain('Upload progress: 100%');
    await waitFor(() => expect(input.disabled).toBe(false));
  });

  it('QuickOrderButton reads ahead on hover and opens the form', async () => {
    server.use(handlerFor('getMarketData', ({ params }) => ({ data: { symbol: params.symbol } })));
    render(<QuickOrderButton symbol="AAPL" />, { wrapper });
    const button = screen.getByText('Quick Order');

    fireEvent.mouseEnter(button);
    await waitFor(() => expect(queryClient().getQueryData(['market-data', 'AAPL'])).toEqual({ symbol: 'AAPL' }));
    fireEvent.click(button);

    expect(openedForms).toEqual(['AAPL']);
  });

  it('RequestBatcher answers each its own', async () => {
    server.use(
      handlerFor('getMarketData', ({ params }) =>
        params.symbol === 'NONE' ? { status: 404, error: { code: 'INSTRUMENT_NOT_FOUND', message: 'No.' } } : { data: { symbol: params.symbol } },
      ),
    );

    const answers = await Promise.allSettled(['AAPL', 'NONE', 'MSFT'].map((symbol) => batchedApiClient.request(`/market-data/${symbol}`)));

    expect(answers).toMatchObject([{ value: { data: { symbol: 'AAPL' } } }, { reason: { code: 'INSTRUMENT_NOT_FOUND' } }, { value: { data: { symbol: 'MSFT' } } }]);
  });
});
