import { describe, expect, it } from 'vitest';
import { apiClient, createSocket, getSocket, memoryTokenStore, tokenAuth } from '../../src/index.js';
import { handlerFor } from '../../src/msw/index.js';
import { eventually, impatientClient, mockVenue, settled } from '../venue.js';
import type { FakeSocket } from './FakeSocket.js';

const server = mockVenue();

function open() {
  let refreshes = 0;
  server.use(
    handlerFor('refresh', () => {
      refreshes++;
      return { data: { accessToken: 'new', refreshToken: 'r', expiresIn: 3600 } };
    }),
  );
  const client = impatientClient({ auth: tokenAuth(memoryTokenStore({ accessToken: 'old', refreshToken: 'r' })) });
  const socket = createSocket(client) as unknown as FakeSocket;
  return { client, socket, refreshes: () => refreshes };
}

describe('a socket', () => {
  it('whose token is refused has it renewed and connects again, once', async () => {
    const { socket, refreshes } = open();

    socket.fail('UNAUTHORIZED');
    await eventually(() => expect(socket.attempts).toBe(1));
    // The renewed one is refused, too: that will not get better by asking on and on.
    socket.fail('UNAUTHORIZED');
    await settled();

    expect(refreshes()).toBe(1);
    expect(socket.attempts).toBe(1);
  });

  it('that was closed since its token has expired comes back with a new one, each time', async () => {
    const { socket, refreshes } = open();

    for (const time of [1, 2]) {
      socket.accept();
      socket.hear('closed', { code: 'UNAUTHORIZED', message: 'The token has expired.' });
      socket.cut('io server disconnect');
      await eventually(() => expect(socket.attempts).toBe(time));
    }

    expect(refreshes()).toBe(2);
  });

  it('that was too slow comes back without a new one', async () => {
    const { socket, refreshes } = open();
    socket.accept();

    socket.hear('closed', { code: 'SERVICE_UNAVAILABLE', message: 'Too slow.' });
    socket.cut('io server disconnect');

    await eventually(() => expect(socket.attempts).toBe(1));
    expect(refreshes()).toBe(0);
  });

  it('brings a token that was renewed elsewhere to the server', async () => {
    const { client, socket } = open();
    socket.accept();

    await client.renewSession();

    expect(socket.sent).toEqual([['authenticate', { token: 'new' }]]);
  });

  it('ends with the session', () => {
    const { client, socket } = open();
    socket.accept();

    client.session.signedOut();

    expect(socket.connected).toBe(false);
  });
});

describe('the page’s socket', () => {
  it('is one, connected when it is first asked for, and another one after a sign-out', () => {
    apiClient.configure({ baseURL: 'http://localhost:3001/api' });
    const first = getSocket();
    expect((first as unknown as FakeSocket).attempts).toBe(1);
    expect(getSocket()).toBe(first);

    apiClient.session.signedOut();

    expect(getSocket()).not.toBe(first);
  });
});
