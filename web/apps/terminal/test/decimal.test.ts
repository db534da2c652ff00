import { describe, expect, test } from 'vitest';
import { ceilTo, decimalsOf, floorTo, fromNumber, parseDecimal, sumExact, toNumber, toText } from '../src/models/decimal.js';

describe('reading a decimal', () => {
  test.each([
    ['309.85', 4, 3_098_500n],
    ['.5', 2, 50n],
    ['7.', 2, 700n],
    ['-0.01', 2, -1n],
    [' 12 ', 0, 12n],
    ['1.2300', 2, 123n],
  ])('%s at scale %i', (text, scale, steps) => expect(parseDecimal(text, scale)).toBe(steps));

  test.each(['', '.', '1,5', '1e3', 'abc', '1.2.3', '--1'])('refuses %j', (text) => expect(parseDecimal(text, 2)).toBeUndefined());

  test('refuses more decimals than there are', () => expect(parseDecimal('1.005', 2)).toBeUndefined());
});

describe('numbers of the API', () => {
  test('keep their decimals, where binary fractions would not', () => {
    expect(fromNumber(0.1, 2) + fromNumber(0.2, 2)).toBe(fromNumber(0.3, 2));
    expect(fromNumber(1e-7, 8)).toBe(10n);
    expect(fromNumber(98_450.34013, 6)).toBe(98_450_340_130n);
  });

  test('come back as what they were, through any scale', () => {
    // xorshift from a fixed seed: the same numbers each run.
    let state = 20_261_121;
    const next = () => ((state ^= state << 13), (state ^= state >>> 17), (state ^= state << 5), state >>> 0);
    for (let round = 0; round < 2_000; round++) {
      const scale = next() % 7;
      const steps = BigInt(next()) * (next() % 2 ? 1n : -1n);
      expect(fromNumber(toNumber(steps, scale), scale), `${steps} at ${scale}`).toBe(steps);
      expect(parseDecimal(toText(steps, scale), scale)).toBe(steps);
    }
  });

  test('are summed exactly', () => expect(toText(sumExact([0.1, 0.2, null, 0.3], 1), 1, 2)).toBe('0.60'));
  test('tell their decimals', () => expect([0.01, 1, 0.0005, 1e-7].map(decimalsOf)).toEqual([2, 0, 4, 7]));
});

describe('rounding to a step', () => {
  test('goes down and up, below zero, too', () => {
    expect([floorTo(7n, 5n), ceilTo(7n, 5n), floorTo(-7n, 5n), ceilTo(-7n, 5n), floorTo(10n, 5n)]).toEqual([5n, 10n, -10n, -5n, 10n]);
  });
});
