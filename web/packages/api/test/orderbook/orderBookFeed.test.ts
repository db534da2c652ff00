import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryTokenStore, OrderBookFeed, RealtimeClient, tokenAuth } from '../../src/index.js';
import { FakeSocket } from '../realtime/FakeSocket.js';
import { impatientClient, settled } from '../venue.js';

const snapshot = { symbol: 'AAPL', firstSequence: 1, sequence: 10, timestamp: '', bids: [[150.2, 1000], [150.15, 1500]], asks: [[150.3, 800], [150.35, 1200]], checksum: 2376304769 };
const update = { symbol: 'AAPL', firstSequence: 11, sequence: 13, timestamp: '', bids: [[150.2, 900], [150.1, 2000]], asks: [[150.35, 0]], checksum: 459224234 };
const topic = 'orderbook:AAPL';

let frames: (() => void)[] = [];
const paint = () => frames.splice(0).forEach((frame) => frame());
let realtime: RealtimeClient | undefined;
afterEach(() => {
  realtime?.close();
  vi.unstubAllGlobals();
  frames = [];
});

async function follow() {
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  const socket = new FakeSocket();
  realtime = new RealtimeClient(impatientClient({ auth: tokenAuth(memoryTokenStore({ accessToken: 'a', refreshToken: 'r' })) }), { socket: () => socket.asSocket });
  const feed = new OrderBookFeed(realtime, 'AAPL', 5, { priceScale: 2 });
  let renders = 0;
  const end = feed.subscribe(() => renders++);
  socket.accept();
  await settled();
  socket.tell('orderbook:snapshot', topic, 10, snapshot, 1);
  paint();
  return { feed, socket, end, renders: () => renders };
}

describe('a followed book', () => {
  it('is shown once a frame however much happens', async () => {
    const { feed, socket, renders } = await follow();
    expect(renders()).toBe(1);
    const before = feed.getSnapshot();

    socket.tell('orderbook:update', topic, 13, update, 11);
    socket.tell('orderbook:snapshot', topic, 10, snapshot, 1);
    socket.tell('orderbook:update', topic, 13, update, 11);
    expect(feed.getSnapshot()).toBe(before);
    paint();

    expect(renders()).toBe(2);
    expect(feed.getSnapshot().view?.sequence).toBe(13);
  });

  it('that does not fit is asked for anew', async () => {
    const { feed, socket } = await follow();

    socket.tell('orderbook:update', topic, 13, { ...update, checksum: 1 }, 11);
    await settled();
    paint();

    expect(feed.getSnapshot()).toMatchObject({ view: undefined, resyncs: 1 });
    expect(socket.sent.slice(-2)).toEqual([
      ['unsubscribe', [topic]],
      ['subscribe', [topic]],
    ]);
    // What still comes before the snapshot changes nothing.
    socket.tell('orderbook:update', topic, 14, { ...update, firstSequence: 14, sequence: 14 });
    socket.tell('orderbook:snapshot', topic, 14, { ...snapshot, sequence: 14 });
    paint();
    expect(feed.getSnapshot()).toMatchObject({ view: { sequence: 14 }, resyncs: 1 });
  });

  it('after a gap waits for the whole book', async () => {
    const { feed, socket } = await follow();

    socket.tell('gap', topic, 20, { topic, missedThrough: 20 });
    paint();
    expect(feed.getSnapshot().view).toBeUndefined();

    socket.tell('orderbook:snapshot', topic, 21, { ...snapshot, sequence: 21 });
    paint();
    expect(feed.getSnapshot().view?.sequence).toBe(21);
  });

  it('is given up after the last who listens', async () => {
    const { feed, socket, end } = await follow();

    end();
    await settled();

    expect(socket.sent.at(-1)).toEqual(['unsubscribe', [topic]]);
    expect(feed.getSnapshot().view).toBeUndefined();
  });
});
