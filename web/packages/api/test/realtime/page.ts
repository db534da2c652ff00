import type { PollAnswer, RealtimeEvent } from '@mytradex/types';
import { afterEach, vi } from 'vitest';
import { memoryTokenStore, RealtimeClient, tokenAuth, type ApiClient } from '../../src/index.js';
import { handlerFor } from '../../src/msw/index.js';
import { impatientClient, mockVenue } from '../venue.js';
import { FakeSocket } from './FakeSocket.js';

const server = mockVenue();
const opened: RealtimeClient[] = [];
afterEach(() => {
  for (const client of opened.splice(0)) client.close();
  vi.useRealTimers();
});

/** A signed-in page that follows topics, and what it hears. */
export function start(options: { heartbeatMs?: number } = {}) {
  const sockets: FakeSocket[] = [];
  const client: ApiClient = impatientClient({ auth: tokenAuth(memoryTokenStore({ accessToken: 'a', refreshToken: 'r' })) });
  const realtime = new RealtimeClient(client, {
    socket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket.asSocket;
    },
    ...options,
  });
  opened.push(realtime);
  const heard: string[] = [];
  const hear = (event: RealtimeEvent) => void heard.push(`${event.type} ${event.sequence}`);
  const statuses: string[] = [];
  realtime.connection.subscribe(() => statuses.push(realtime.connection.getSnapshot().status));
  const socket = () => {
    const last = sockets.at(-1);
    if (!last) throw new Error('There is no socket.');
    return last;
  };
  return { client, realtime, sockets, socket, heard, hear, statuses };
}

/** The server's long poll: each answer once, then silence. Counts. */
export function polls(...answers: (Partial<PollAnswer> | number)[]) {
  const asked: Record<string, string>[] = [];
  server.use(
    handlerFor('pollEvents', async ({ request }) => {
      asked.push(Object.fromEntries(new URL(request.url).searchParams));
      const answer = answers.shift();
      if (answer === undefined) return new Promise<never>(() => undefined);
      if (typeof answer === 'number') return { status: answer, error: { code: 'SERVICE_UNAVAILABLE', message: 'Later.' } };
      return { data: { cursor: 'p1', events: [], sequences: {}, ...answer } };
    }),
  );
  return asked;
}

export const order = (sequence: number, firstSequence?: number): RealtimeEvent =>
  ({ type: 'order:update', topic: 'orders', sequence, firstSequence, cursor: `c${sequence}`, timestamp: '', payload: { id: 'order-1' } }) as RealtimeEvent;
