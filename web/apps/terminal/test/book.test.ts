import { describe, expect, test } from 'vitest';
import { depthOf } from '../src/models/depth.js';
import { ladderOf } from '../src/models/ladder.js';

const book = {
  bids: [
    { price: 309.68, quantity: 82, total: 82 },
    { price: 309.66, quantity: 88, total: 170 },
  ],
  asks: [{ price: 309.71, quantity: 85, total: 85 }],
};

describe('a ladder', () => {
  test('has bars on one scale for both sides', () => {
    const ladder = ladderOf(book, 4, 10);
    expect(ladder.bids.map(({ part }) => part)).toEqual([0.482, 1]);
    expect(ladder.asks[0]?.part).toBe(0.5);
  });
  test('tells the spread exactly', () => expect(ladderOf(book, 4, 10).spread).toBe('0.03'));
  test('has no spread without both sides', () => expect(ladderOf({ ...book, asks: [] }, 4, 10).spread).toBeUndefined());
  test('is no deeper than asked', () => expect(ladderOf(book, 4, 1).bids).toHaveLength(1));
});

describe('a depth chart', () => {
  test('stays in its box, bids left and asks right of the middle', () => {
    const { bids, asks } = depthOf(book);
    expect(bids.every(([x, y]) => x >= 0 && x < 0.5 && y > 0 && y <= 1)).toBe(true);
    expect(asks.every(([x, y]) => x > 0.5 && x <= 1 && y > 0 && y <= 1)).toBe(true);
  });
  test('is empty without both sides', () => expect(depthOf({ ...book, bids: [] })).toEqual({ bids: [], asks: [] }));
});
