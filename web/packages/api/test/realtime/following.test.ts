import type { RealtimeEvent } from '@mytradex/types';
import { describe, expect, it, vi } from 'vitest';
import type { RealtimeClient } from '../../src/index.js';
import { eventually, settled } from '../venue.js';
import { polls, start } from './page.js';

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
    followThree(realtime, hear);
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

function followThree(realtime: RealtimeClient, hear: (event: RealtimeEvent) => void): void {
  for (const topic of ['orders', 'accounts', 'trades:AAPL'] as const) realtime.subscribe(topic, hear);
}
