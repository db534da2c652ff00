import type { RealtimeEvent } from '@mytradex/types';
import { describe, expect, it, vi } from 'vitest';
import { eventually, settled } from '../venue.js';
import { order, polls, start } from './page.js';

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
