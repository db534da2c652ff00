import type { Candle } from '@mytradex/types';
import { describe, expect, test } from 'vitest';
import { firstChanged } from '../src/models/candles.js';
import { toCsv } from '../src/models/csv.js';
import { bytes, fixed, moneyExact, percent, signed, span, words } from '../src/models/format.js';
import { scheduleOf, transferOf, type TransferForm } from '../src/models/transfer.js';

describe('formatting', () => {
  test('keeps decimals in a column', () => expect([fixed(300, 2), fixed(1433.7, 2), fixed(undefined, 2)]).toEqual(['300.00', '1,433.70', '–']));
  test('tells a sign by more than colour', () => expect([signed(1.5, 2), signed(-1.5, 2), signed(0, 2), percent(-0.22)]).toEqual(['+1.50', '−1.50', '0.00', '−0.22%']));
  test('keeps what a ledger has', () => expect(moneyExact(98_450.34013)).toBe('98,450.34013'));
  test('says codes and spans as people do', () => expect([words('POST_ONLY_WOULD_TAKE'), span(8.4), span(190), bytes(1536)]).toEqual(['Post only would take', '8 s', '3 min', '1.5 KiB']));
});

describe('candles on a chart', () => {
  const candle = (minute: number, close = 1): Candle => ({ timestamp: `2026-11-21T20:${minute}:00.000Z`, open: 1, high: 2, low: 1, close, volume: 1, trades: 1 });
  const first = candle(10);
  const drawn = [first, candle(11)];
  test('are drawn from the last one on when it moved', () => expect(firstChanged(drawn, [first, candle(11, 2)])).toBe(1));
  test('and when another follows', () => expect(firstChanged(drawn, [...drawn, candle(12)])).toBe(1));
  test('are drawn anew when read again', () => expect(firstChanged(drawn, [candle(10), candle(11)])).toBe(0));
  test('and when the last one is another', () => expect(firstChanged(drawn, [first, candle(30)])).toBe(0));
});

describe('a table to save', () => {
  test('quotes what it must and runs nothing', () => expect(toCsv(['a', 'b'], [['=1+1', 'x,"y"'], [-5, undefined]])).toBe('a,b\r\n\'=1+1,"x,""y"""\r\n-5,\r\n'));
});

describe('a transfer', () => {
  const form: TransferForm = { fromAccountId: 'account-1', to: '0000 0000 0874', amount: '250.10', memo: '', runAt: '', timeZone: 'Europe/Berlin', frequency: '', until: '' };
  test('goes to a number without its spaces', () => expect(transferOf(form)).toEqual({ fromAccountId: 'account-1', toAccountNumber: '000000000874', amount: 250.1 }));
  test('goes to an own account by its id', () => expect(transferOf({ ...form, to: 'account-2' })).toMatchObject({ toAccountId: 'account-2' }));
  test.each([{ amount: '0' }, { amount: 'x' }, { to: ' ' }, { fromAccountId: '' }])('is none with %j', (changes) => expect(transferOf({ ...form, ...changes })).toBeUndefined());
  test('is put off by a time of day in a zone, again and again', () =>
    expect(scheduleOf({ ...form, runAt: '2026-12-01T09:00', frequency: 'MONTHLY', until: '2027-12-31' })).toMatchObject({ runAt: '2026-12-01T09:00', timeZone: 'Europe/Berlin', recurrence: { frequency: 'MONTHLY', until: '2027-12-31' } }));
});
