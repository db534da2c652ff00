import type { PollAnswer, RealtimeEvent } from '@mytradex/types';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryTokenStore, RealtimeClient, tokenAuth, type ApiClient } from '../../src/index.js';
import { handlerFor } from '../../src/msw/index.js';
import { eventually, impatientClient, mockVenue } from '../venue.js';
import { FakeSocket } from './FakeSocket.js';

const server = mockVenue();
const opened: RealtimeClient[] = [];
afterEach(() => {
  for (const client of opened.splice(0)) client.close();
  vi.useRealTimers();
});

function start(options: { heartbeatMs?: number } = {}) {
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

/** Everything that is asked for in this turn has been. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

/** The server's long poll: each answer once, then silence. Counts. */
function polls(...answers: (Partial<PollAnswer> | number)[]) {
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

const order = (sequence: number, firstSequence?: number): RealtimeEvent =>
  ({ type: 'order:update', topic: 'orders', sequence, firstSequence, cursor: `c${sequence}`, timestamp: '', payload: { id: 'order-1' } }) as RealtimeEvent;

describe('following a topic', () => {
  it('asks for it once however many follow it and gives it up after the last', async () => {
    const { realtime, socket, hear, heard } = start();
    const first = realtime.subscribe('market:aapl', hear);
    const second = realtime.subscribe('market:AAPL', hear);
    socket().accept();
    await settled();
    expect(socket().sent).toEqual([['subscribe', ['market:AAPL']]]);

    socket().tell('market:update', 'market:AAPL', 5, {});
    expect(heard).toEqual(['market:update 5', 'market:update 5']);

    first();
    await settled();
    expect(socket().sent).toHaveLength(1);
    second();
    await settled();
    expect(socket().sent.at(-1)).toEqual(['unsubscribe', ['market:AAPL']]);
  });

  it('asks for several together', async () => {
    const { realtime, socket, hear } = start();
    socketless(realtime, hear);
    socket().accept();
    await settled();

    expect(socket().sent).toEqual([['subscribe', ['orders', 'accounts', 'trades:AAPL']]]);
  });

  it('that is left and entered again at once sends nothing', async () => {
    const { realtime, socket, hear } = start();
    const end = realtime.subscribe('orders', hear);
    socket().accept();
    await settled();

    end();
    realtime.subscribe('orders', hear);
    await settled();

    expect(socket().sent).toHaveLength(1);
  });

  it('gives the market as it is to one who comes later', async () => {
    const { realtime, socket, hear, heard } = start();
    realtime.subscribe('market:AAPL', () => undefined);
    socket().accept();
    await settled();
    socket().tell('market:update', 'market:AAPL', 5, {});

    realtime.subscribe('market:AAPL', hear);

    expect(heard).toEqual(['market:update 5']);
  });

  it('that there is not is refused and the others are followed', async () => {
    const { realtime, socket, hear } = start();
    const refusals: string[] = [];
    for (const symbol of ['NONE', 'NOBODY']) realtime.subscribe(`market:${symbol}`, hear, ({ code, details }) => refusals.push(`${code} ${String(details?.observed)}`));
    realtime.subscribe('orders', hear);
    socket().refused.add('market:NONE').add('market:NOBODY');
    socket().accept();
    await settled();

    expect(refusals).toEqual(['INSTRUMENT_NOT_FOUND market:NONE', 'INSTRUMENT_NOT_FOUND market:NOBODY']);
    const asked = polls({});
    socket().hear('heartbeat', { sequences: { orders: 4 } }, 'c4');
    socket().cut();
    socket().accept();
    await eventually(() => expect(asked).toHaveLength(1));
    expect(asked[0]?.topics).toBe('orders');
  });
});

describe('events', () => {
  it('come once though they are told twice', async () => {
    const { realtime, socket, hear, heard } = start();
    realtime.subscribe('orders', hear);
    socket().accept();
    await settled();

    for (const sequence of [7, 8, 8, 7, 9]) socket().tell('order:update', 'orders', sequence, {});

    expect(heard).toEqual(['order:update 7', 'order:update 8', 'order:update 9']);
  });

  it('that are missing are told by a gap', async () => {
    const { realtime, socket, hear, heard } = start();
    realtime.subscribe('orders', hear);
    realtime.subscribe('market:AAPL', hear);
    socket().accept();
    await settled();

    socket().tell('order:update', 'orders', 7, {});
    socket().tell('order:update', 'orders', 9, {});
    // One that stands for several is no hole.
    socket().tell('market:update', 'market:AAPL', 1, {});
    socket().tell('market:update', 'market:AAPL', 5, {}, 2);

    expect(heard).toEqual(['order:update 7', 'gap 8', 'order:update 9', 'market:update 1', 'market:update 5']);
  });

  it('that a heartbeat knows and nobody heard are told by a gap', async () => {
    const { realtime, socket, hear, heard } = start();
    realtime.subscribe('orders', hear);
    socket().accept();
    await settled();

    socket().hear('heartbeat', { sequences: { orders: 7 } }, 'c7');
    socket().tell('order:update', 'orders', 8, {});
    socket().hear('heartbeat', { sequences: { orders: 8 } }, 'c8');
    expect(heard).toEqual(['order:update 8']);

    socket().hear('heartbeat', { sequences: { orders: 10 } }, 'c10');
    socket().tell('order:update', 'orders', 11, {});
    expect(heard).toEqual(['order:update 8', 'gap 10', 'order:update 11']);
  });

  it('reach the others though one who hears them fails', async () => {
    const { realtime, socket, hear, heard } = start();
    const uncaught = vi.fn();
    process.once('uncaughtException', uncaught);
    const before = process.listeners('uncaughtException').filter((listener) => listener !== uncaught);
    for (const listener of before) process.off('uncaughtException', listener);
    realtime.subscribe('orders', () => {
      throw new Error('a fault of the page');
    });
    realtime.subscribe('orders', hear);
    socket().accept();
    await settled();

    socket().tell('order:update', 'orders', 7, {});

    expect(heard).toEqual(['order:update 7']);
    await eventually(() => expect(uncaught).toHaveBeenCalledOnce());
    for (const listener of before) process.on('uncaughtException', listener);
  });
});

describe('a connection that comes back', () => {
  async function cutAfter(sequence: number, options = {}) {
    const started = start(options);
    started.realtime.subscribe('orders', started.hear);
    started.socket().accept();
    await settled();
    started.socket().tell('order:update', 'orders', sequence, {});
    started.socket().cut();
    return started;
  }

  it('recovered goes on by itself', async () => {
    const asked = polls();
    const { socket, heard, statuses } = await cutAfter(7);

    socket().accept(true);
    socket().tell('order:update', 'orders', 8, {});
    await settled();

    expect(heard).toEqual(['order:update 7', 'order:update 8']);
    expect(socket().sent).toHaveLength(1);
    expect(asked).toEqual([]);
    expect(statuses).toEqual(['connecting', 'live', 'connecting', 'live']);
  });

  it('anew first tells what was missed and then what happens each once', async () => {
    const asked = polls({ cursor: 'c9', events: [order(8), order(9)], sequences: { orders: 9 } });
    const { socket, heard, statuses } = await cutAfter(7);

    socket().accept();
    // Comes before the answer about the time between.
    socket().tell('order:update', 'orders', 9, {});
    socket().tell('order:update', 'orders', 10, {});
    await eventually(() => expect(statuses.at(-1)).toBe('live'));

    expect(heard).toEqual([7, 8, 9, 10].map((sequence) => `order:update ${sequence}`));
    expect(asked).toEqual([{ cursor: 'c7', timeout: '0', topics: 'orders' }]);
    expect(socket().sent.at(-1)).toEqual(['subscribe', ['orders']]);
  });

  it('passes on the gap that the server tells', async () => {
    const gap = { ...order(20), type: 'gap', payload: { topic: 'orders', missedThrough: 20 } } as RealtimeEvent;
    polls({ cursor: 'c20', events: [gap], sequences: { orders: 20 } });
    const { socket, heard, statuses } = await cutAfter(7);

    socket().accept();
    await eventually(() => expect(statuses.at(-1)).toBe('live'));
    socket().tell('order:update', 'orders', 21, {});

    expect(heard).toEqual(['order:update 7', 'gap 20', 'order:update 21']);
  });

  it('says gap when nobody can tell what was missed', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    polls(503);
    const { socket, heard, statuses } = await cutAfter(7);

    socket().accept();
    await eventually(() => expect(statuses.at(-1)).toBe('live'));
    socket().tell('order:update', 'orders', 12, {});

    expect(heard).toEqual(['order:update 7', 'gap 7', 'order:update 12']);
  });

  it('and goes before it had caught up catches up the next time from where it was', async () => {
    const asked = polls();
    const { socket, heard, statuses } = await cutAfter(7);
    socket().accept();
    socket().tell('order:update', 'orders', 9, {});
    await eventually(() => expect(asked).toHaveLength(1));
    socket().cut();

    // The protocol thinks that 9 was had; it was held back and never told.
    const again = polls({ cursor: 'c9', events: [order(8), order(9)], sequences: { orders: 9 } });
    socket().accept(true);
    await eventually(() => expect(statuses.at(-1)).toBe('live'));

    expect(again[0]?.cursor).toBe('c7');
    expect(heard).toEqual(['order:update 7', 'order:update 8', 'order:update 9']);
  });
});

describe('a connection of which nothing is heard', () => {
  it('is stale and made anew', async () => {
    vi.useFakeTimers();
    const { realtime, socket, hear, statuses } = start({ heartbeatMs: 15_000 });
    realtime.subscribe('orders', hear);
    socket().accept();
    await vi.advanceTimersByTimeAsync(20_000);
    socket().hear('heartbeat', { sequences: {} }, 'c1');
    await vi.advanceTimersByTimeAsync(25_000);
    expect(statuses.at(-1)).toBe('live');
    expect(socket().cuts).toBe(0);

    await vi.advanceTimersByTimeAsync(10_000);

    expect(statuses.at(-1)).toBe('stale');
    expect(socket().cuts).toBe(1);
  });
});

describe('sockets that do not come through', () => {
  it('are replaced by polling after three attempts', async () => {
    const asked = polls({ cursor: 'p1', sequences: { orders: 6 } }, { cursor: 'p2', events: [order(7)], sequences: { orders: 7 } });
    const { realtime, socket, hear, heard, statuses } = start();
    realtime.subscribe('orders', hear);

    socket().fail();
    socket().fail();
    await settled();
    expect(asked).toEqual([]);
    socket().fail();

    await eventually(() => expect(heard).toEqual(['order:update 7']));
    expect(statuses).toEqual(['connecting', 'polling']);
    await eventually(() => expect(asked).toHaveLength(3));
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'p1', 'p2']);
  });

  it('take over again when they do and miss nothing', async () => {
    polls({ cursor: 'p6', sequences: { orders: 6 } }, { cursor: 'p7', events: [order(7)], sequences: { orders: 7 } });
    const { realtime, socket, hear, heard, statuses } = start();
    realtime.subscribe('orders', hear);
    for (let attempt = 0; attempt < 3; attempt++) socket().fail();
    await eventually(() => expect(heard).toEqual(['order:update 7']));

    const caughtUp = polls({ cursor: 'p8', events: [order(8)], sequences: { orders: 8 } });
    socket().accept();
    await eventually(() => expect(statuses.at(-1)).toBe('live'));
    socket().tell('order:update', 'orders', 9, {});

    expect(caughtUp).toHaveLength(1);
    expect(caughtUp[0]).toMatchObject({ cursor: 'p7', timeout: '0' });
    expect(heard).toEqual(['order:update 7', 'order:update 8', 'order:update 9']);
  });

  it('nor polls is offline until one does', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    polls(503, 503, { cursor: 'p1' });
    const { realtime, socket, hear, statuses } = start();
    realtime.subscribe('orders', hear);

    for (let attempt = 0; attempt < 3; attempt++) socket().fail();

    await eventually(() => expect(statuses).toEqual(['connecting', 'offline', 'polling']));
  });

  it('ask for the state of what is followed later at once', async () => {
    const asked = polls({ cursor: 'p1' });
    const { realtime, socket, hear, statuses } = start();
    realtime.subscribe('orders', hear);
    for (let attempt = 0; attempt < 3; attempt++) socket().fail();
    await eventually(() => expect(asked).toHaveLength(2));
    expect(statuses.at(-1)).toBe('polling');

    realtime.subscribe('market:AAPL', hear);

    await eventually(() => expect(asked).toHaveLength(3));
    expect(asked[2]).toEqual({ topics: 'market:AAPL' });
  });
});

describe('the network', () => {
  it('gone is offline and back connects at once', async () => {
    const { realtime, socket, hear, statuses } = start();
    realtime.subscribe('orders', hear);
    socket().accept();
    await settled();

    window.dispatchEvent(new Event('offline'));
    socket().cut();
    expect(statuses.at(-1)).toBe('offline');
    const { attempts } = socket();
    window.dispatchEvent(new Event('online'));

    expect(socket().attempts).toBe(attempts + 1);
    expect(statuses.at(-1)).toBe('connecting');
  });
});

describe('the session', () => {
  it('over ends the connection and the next one begins with nothing of it', async () => {
    const asked = polls();
    const { client, realtime, sockets, socket, hear, heard, statuses } = start();
    realtime.subscribe('orders', hear);
    socket().accept();
    await settled();
    socket().tell('order:update', 'orders', 7, {});

    client.session.signedOut();
    expect(statuses.at(-1)).toBe('offline');
    expect(socket().connected).toBe(false);

    client.session.signedIn({ accessToken: 'b', refreshToken: 'r', expiresIn: 1 });
    expect(sockets).toHaveLength(2);
    socket().accept();
    await settled();
    // Another user's count has nothing to do with this one's.
    socket().tell('order:update', 'orders', 3, {});

    expect(heard).toEqual(['order:update 7', 'order:update 3']);
    expect(asked).toEqual([]);
    expect(statuses.at(-1)).toBe('live');
  });
});

function socketless(realtime: RealtimeClient, hear: (event: RealtimeEvent) => void): void {
  for (const topic of ['orders', 'accounts', 'trades:AAPL'] as const) realtime.subscribe(topic, hear);
}
