import type { OrderBookChange, PriceLevel } from '@mytradex/types';
import { describe, expect, it } from 'vitest';
import { addExactly, crc32, fromScaled, OrderBook, plain, scaledText, toScaled } from '../../src/index.js';

const change = (firstSequence: number, sequence: number, bids: PriceLevel[], asks: PriceLevel[], checksum: number): OrderBookChange => ({
  symbol: 'AAPL',
  firstSequence,
  sequence,
  timestamp: '2026-11-21T20:00:00Z',
  bids,
  asks,
  checksum,
});

// The example of the venue's documentation, in which zip computes the same.
const snapshot = change(
  1,
  10,
  [
    [150.2, 1000],
    [150.15, 1500],
  ],
  [
    [150.3, 800],
    [150.35, 1200],
  ],
  2376304769,
);
const update = change(
  11,
  13,
  [
    [150.2, 900],
    [150.1, 2000],
  ],
  [[150.35, 0]],
  459224234,
);

const bookOf = () => {
  const book = new OrderBook('AAPL', { priceScale: 2 });
  book.reset(snapshot);
  return book;
};

describe('a book', () => {
  it('follows the changes of its snapshot', () => {
    const book = bookOf();

    expect(book.apply(update)).toBe('applied');

    expect(book.view()).toEqual({
      symbol: 'AAPL',
      sequence: 13,
      bids: [
        { price: 150.2, quantity: 900, total: 900 },
        { price: 150.15, quantity: 1500, total: 2400 },
        { price: 150.1, quantity: 2000, total: 4400 },
      ],
      asks: [{ price: 150.3, quantity: 800, total: 800 }],
    });
  });

  it('passes over what it knows', () => {
    const book = bookOf();

    expect(book.apply(change(9, 10, [[1, 1]], [], 0))).toBe('stale');
    expect(book.sequence).toBe(10);
  });

  it('does not guess what is missing', () => {
    const book = bookOf();

    expect(book.apply({ ...update, firstSequence: 12 })).toBe('hole');
    expect(book.view()).toBeUndefined();
    expect(book.apply({ ...update, firstSequence: 14, sequence: 14 })).toBe('hole');

    expect(book.reset(snapshot)).toBe('applied');
    expect(book.sequence).toBe(10);
  });

  it('that does not lead to the servers is no book', () => {
    const book = bookOf();

    expect(book.apply({ ...update, checksum: update.checksum + 1 })).toBe('mismatch');

    expect(book.view()).toBeUndefined();
    expect(book.sequence).toBeUndefined();
  });

  it('shows the same object until it changes and a new one then', () => {
    const book = bookOf();
    const before = book.view(1);

    expect(book.view(1)).toBe(before);
    expect(book.view(2)).not.toBe(before);
    book.apply(update);
    expect(book.view(1)).not.toBe(before);
    expect(before?.bids).toEqual([{ price: 150.2, quantity: 1000, total: 1000 }]);
  });

  it('is the same as one that is sorted anew after every change', () => {
    const seed = Number(process.env.MYTRADEX_SEED ?? Date.now() % 1_000_000);
    let state = seed;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    const naive = { bids: new Map<number, number>(), asks: new Map<number, number>() };
    const levels = (side: 'bids' | 'asks') => [...naive[side]].sort(([left], [right]) => (side === 'bids' ? right - left : left - right));
    const checksum = () => crc32([...levels('bids').slice(0, 10), ...levels('asks').slice(0, 10)].map(([price, quantity]) => `${plain(price)}:${plain(quantity)}|`).join(''));
    const book = new OrderBook('AAPL', { priceScale: 2 });
    book.reset(change(0, 0, [], [], crc32('')));

    for (let sequence = 1; sequence <= 2_000; sequence++) {
      const changed: { bids: PriceLevel[]; asks: PriceLevel[] } = { bids: [], asks: [] };
      for (const side of ['bids', 'asks'] as const) {
        const price = fromScaled((side === 'bids' ? 14_900 : 15_000) + random(100), 2);
        const quantity = random(3) === 0 ? 0 : fromScaled(1 + random(5_000), 3);
        changed[side].push([price, quantity]);
        if (quantity === 0) naive[side].delete(price);
        else naive[side].set(price, quantity);
      }
      expect(book.apply(change(sequence, sequence, changed.bids, changed.asks, checksum())), `seed ${seed}, sequence ${sequence}`).toBe('applied');
    }

    const view = book.view(Infinity);
    expect(view?.bids.map(({ price, quantity }) => [price, quantity])).toEqual(levels('bids'));
    expect(view?.asks.map(({ price, quantity }) => [price, quantity])).toEqual(levels('asks'));
  });
});

describe('a number', () => {
  it.each([
    [150.2, 2, 15_020],
    [0.1, 6, 100_000],
    [1e-7, 8, 10],
    [309_784.286_284, 6, 309_784_286_284],
    [-1.5, 2, -150],
    [0, 2, 0],
    [8.1, 1, 81],
  ])('%d at scale %i is the whole number %d and comes back', (number, scale, scaled) => {
    expect(toScaled(number, scale)).toBe(scaled);
    expect(fromScaled(scaled, scale)).toBe(number);
  });

  it('is added exactly, whatever its decimals', () => {
    expect(addExactly(0.1, 0.2)).toBe(0.3);
    expect(addExactly(1e9, 1e-6)).toBe(1_000_000_000.000001);
    expect(addExactly(0.7, -0.1)).toBe(0.6);
    expect(addExactly(4_000_000_000_000, 5_000_000_000_000)).toBe(9_000_000_000_000);
  });

  it('with more decimals than there may be is refused rather than rounded', () => {
    expect(() => toScaled(150.123, 2)).toThrow(RangeError);
    expect(() => toScaled(1e15, 6)).toThrow(RangeError);
  });

  it.each([
    [15_020, 2, '150.20'],
    [5, 2, '0.05'],
    [-5, 2, '-0.05'],
    [7, 0, '7'],
  ])('%i at scale %i is written %s', (scaled, scale, text) => {
    expect(scaledText(scaled, scale)).toBe(text);
  });

  it.each([
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-2e-7, '-0.0000002'],
    [150.2, '150.2'],
    [100, '100'],
  ])('%d is written without an exponent', (number, text) => {
    expect(plain(number)).toBe(text);
  });
});
