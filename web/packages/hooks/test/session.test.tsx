import 'fake-indexeddb/auto';
import { apiClient, cacheManager } from '@mytradex/api';
import { handlerFor } from '@mytradex/api/msw';
import { act, renderHook, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createQueryClient, useAccounts, useInstruments, useLogin, useLogout, useMarketData, usePrefetch, useRegister, useSession, useFileUpload } from '../src/index.js';
import { desk } from './desk.js';

const { server, render, wrapper, queryClient } = desk();

describe('the session', () => {
  it('over takes with it everything that its user has seen', async () => {
    server.use(handlerFor('listAccounts', { data: [{ id: 'account-1' }], pagination: { hasMore: false } }));
    const { result } = render(() => ({ session: useSession(), accounts: useAccounts(), logout: useLogout() }));
    await waitFor(() => expect(result.current.accounts.data).toHaveLength(1));

    await act(() => result.current.logout.mutateAsync());

    await waitFor(() => expect(result.current.session.data).toBeNull());
    expect(result.current.accounts.data).toBeUndefined();
    expect(apiClient.auth.accessToken()).toBeUndefined();
  });

  it('of another user shows nothing of the one before', async () => {
    let email = 'first@example.com';
    server.use(
      handlerFor('me', () => ({ data: { id: email, email } })),
      handlerFor('listAccounts', () => ({ data: [{ id: `account of ${email}` }], pagination: { hasMore: false } })),
    );
    const { result } = renderHook(() => ({ session: useSession(), accounts: useAccounts(), login: useLogin(), register: useRegister() }), { wrapper });
    await waitFor(() => expect(result.current.session.data?.email).toBe('first@example.com'));
    await waitFor(() => expect(result.current.accounts.data?.[0].id).toBe('account of first@example.com'));

    email = 'second@example.com';
    await act(() => result.current.login.mutateAsync({ email, password: 'password123' }));
    await waitFor(() => expect(result.current.session.data?.email).toBe(email));
    await waitFor(() => expect(result.current.accounts.data?.[0].id).toBe('account of second@example.com'));

    email = 'third@example.com';
    await act(() => result.current.register.mutateAsync({ email, password: 'password123', name: 'Third' }));
    await waitFor(() => expect(result.current.accounts.data?.[0].id).toBe('account of third@example.com'));
  });

  it('is null without asking where nobody has signed in', async () => {
    apiClient.session.signedOut();
    server.use(
      handlerFor('me', () => {
        throw new Error('asked');
      }),
    );

    const { result } = renderHook(() => useSession(), { wrapper });

    await waitFor(() => expect(result.current.data).toBeNull());
  });
});

describe('what was kept at the last visit', () => {
  it('is shown until the server has answered', async () => {
    cacheManager.useFor('user-123');
    await cacheManager.set('instruments:["all"]', [{ symbol: 'OLD' }]);
    let answer!: () => void;
    const waiting = new Promise<void>((resolve) => (answer = resolve));
    server.use(
      handlerFor('listInstruments', async () => {
        await waiting;
        return { data: [{ symbol: 'NEW' }], pagination: { hasMore: false } };
      }),
    );
    const { result } = render(() => useInstruments({ staleTime: 0 }));
    await waitFor(() => expect(result.current.data).toEqual([{ symbol: 'OLD' }]));

    answer();

    await waitFor(() => expect(result.current.data).toEqual([{ symbol: 'NEW' }]));
    expect(await cacheManager.get('instruments:["all"]')).toEqual([{ symbol: 'NEW' }]);
  });
});

describe('reading ahead', () => {
  it('has it there when it is asked for', async () => {
    let asked = 0;
    server.use(
      handlerFor('getMarketData', () => {
        asked++;
        return { data: { symbol: 'AAPL' } };
      }),
    );
    const hover = render(() => usePrefetch());

    act(() => hover.result.current.prefetchMarketData(['AAPL']));
    await waitFor(() => expect(queryClient().getQueryData(['market-data', 'AAPL'])).toBeDefined());
    const { result } = render(() => useMarketData('AAPL'));

    expect(result.current.data).toEqual({ symbol: 'AAPL' });
    expect(asked).toBe(1);
  });
});

describe('an upload', () => {
  it('is given up by its button and when its component goes', async () => {
    server.use(handlerFor('upload', () => new Promise<never>(() => undefined)));
    const { result, unmount } = render(() => useFileUpload());
    const file = new File(['x'], 'x.txt');

    let outcome!: Promise<unknown>;
    act(() => void (outcome = result.current.uploadFile(file).catch((error: unknown) => error)));
    expect(result.current.isUploading).toBe(true);
    act(() => result.current.cancel());
    expect(await outcome).toMatchObject({ type: 'CANCELLED' });
    await waitFor(() => expect(result.current.isUploading).toBe(false));

    act(() => void (outcome = result.current.uploadFile(file).catch((error: unknown) => error)));
    unmount();
    expect(await outcome).toMatchObject({ type: 'CANCELLED' });
  });
});

describe('a query client', () => {
  it('takes the names of TanStack Query 4, and those of 5 before them', () => {
    const client = createQueryClient();

    expect(client.defaultQueryOptions({ queryKey: ['a'], cacheTime: 7 })).toMatchObject({ gcTime: 7 });
    expect(client.defaultQueryOptions({ queryKey: ['a'], cacheTime: 7, gcTime: 8 })).toMatchObject({ gcTime: 8 });
    const { placeholderData } = client.defaultQueryOptions({ queryKey: ['a'], keepPreviousData: true });
    expect((placeholderData as (before: unknown) => unknown)('before')).toBe('before');
    expect(client.defaultQueryOptions({ queryKey: ['a'] })).toMatchObject({ gcTime: 300_000 });
  });
});
