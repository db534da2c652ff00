import { apiClient, configureApi } from '@mytradex/api';
import { handlers } from '@mytradex/api/msw';
import type { Me } from '@mytradex/types';
import type { QueryClient } from '@tanstack/react-query';
import { act, cleanup, configure, renderHook, type RenderHookResult } from '@testing-library/react';
import { setupServer, type SetupServer } from 'msw/node';
import type { ReactNode } from 'react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { FakeSocket } from '../../api/test/realtime/FakeSocket.js';
import { sockets } from '../../api/test/realtime/fakeSocketIo.js';
import { ApiProvider, createQueryClient, keys } from '../src/index.js';

// The machine may be busy with others.
configure({ asyncUtilTimeout: 20_000 });

const me = { id: 'user-123', email: 'user@example.com' } as Me;

/** A place to test hooks at: mocks for the server, a fake socket, and a user who is signed in. */
export interface Desk {
  server: SetupServer;
  /** The page's socket. */
  socket: () => FakeSocket;
  queryClient: () => QueryClient;
  wrapper: (props: { children?: ReactNode }) => ReactNode;
  render: <Result>(hook: () => Result) => RenderHookResult<Result, unknown>;
  /** Has the socket connected and everything followed. */
  connect: () => Promise<void>;
  /** Something comes by socket, and what it changes is shown. */
  tell: (...given: Parameters<FakeSocket['tell']>) => Promise<void>;
}

export function desk(): Desk {
  const server = setupServer(...handlers());
  let queryClient = createQueryClient();
  const socket = () => {
    const last = sockets.at(-1);
    if (!last) throw new Error('There is no socket.');
    return last;
  };
  const wrapper = ({ children }: { children?: ReactNode }) => <ApiProvider queryClient={queryClient}>{children}</ApiProvider>;
  beforeAll(() => {
    server.listen({ onUnhandledRequest: 'error' });
    configureApi({ baseURL: 'http://localhost:3001/api', retry: { baseMs: 1 }, limit: { requests: 100_000 } });
    apiClient.session.signedIn({ accessToken: 'a', refreshToken: 'r', expiresIn: 3600 });
  });
  afterEach(() => {
    cleanup();
    server.resetHandlers();
    queryClient.clear();
    queryClient = createQueryClient();
    apiClient.session.signedOut();
    apiClient.session.signedIn({ accessToken: 'a', refreshToken: 'r', expiresIn: 3600 });
  });
  afterAll(() => server.close());
  return {
    server,
    socket,
    queryClient: () => queryClient,
    wrapper,
    render: (hook) => {
      // Known at once, as after the first screen, so that realtime begins with the hook.
      queryClient.setQueryData(keys.session, me);
      return renderHook(hook, { wrapper });
    },
    connect: () =>
      act(async () => {
        await new Promise((resolve) => setTimeout(resolve));
        socket().accept();
        await new Promise((resolve) => setTimeout(resolve));
      }),
    tell: (...given) =>
      act(async () => {
        socket().tell(...given);
        // Queries tell of their changes a turn later.
        await new Promise((resolve) => setTimeout(resolve));
      }),
  };
}
