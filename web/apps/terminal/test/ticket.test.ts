import type { Instrument } from '@mytradex/types';
import { describe, expect, test } from 'vitest';
import { checkTicket, stepped, type TicketForm } from '../src/models/ticket.js';

const aapl = {
  symbol: 'AAPL',
  name: 'Apple Inc.',
  currency: 'USD',
  priceScale: 4,
  quantityScale: 0,
  tickSize: 0.01,
  lotSize: 5,
  minPrice: 278.7,
  maxPrice: 340.62,
  sessionOpen: '00:00',
  sessionClose: '00:00',
} as Instrument;

const limit: TicketForm = { side: 'BUY', orderType: 'LIMIT', quantity: '10', price: '300.00', stopPrice: '', timeInForce: 'DAY', postOnly: false };
const check = (changes: Partial<TicketForm>) => checkTicket({ ...limit, ...changes }, aapl);

describe('a ticket that is whole', () => {
  test('is an order with numbers that are exact', () =>
    expect(check({ price: '300.10' }).order).toEqual({ symbol: 'AAPL', side: 'BUY', orderType: 'LIMIT', quantity: 10, price: 300.1, timeInForce: 'DAY' }));
  test('tells its value', () => expect(check({ price: '300.10' }).value).toBe('3001'));
  test('of a market order names no price', () => expect(check({ orderType: 'MARKET', price: '1' }).order).not.toHaveProperty('price'));
  test('of a stop limit names both', () => expect(check({ orderType: 'STOP_LIMIT', stopPrice: '299' }).order).toMatchObject({ price: 300, stopPrice: 299 }));
  test('names the account that it trades from', () => expect(checkTicket(limit, aapl, 'account-7').order).toMatchObject({ accountId: 'account-7' }));
  test('of a stop may stop outside the band', () => expect(check({ orderType: 'STOP', stopPrice: '900' }).order).toMatchObject({ stopPrice: 900 }));
});

describe('a ticket that is not', () => {
  test.each([
    ['quantity', { quantity: '7' }, 'lot of 5; nearest: 5 and 10'],
    ['quantity', { quantity: '3' }, 'nearest: 5.'],
    ['quantity', { quantity: '0' }, 'above zero'],
    ['quantity', { quantity: 'x' }, 'Not a number'],
    ['price', { price: '300.005' }, 'tick of 0.01; nearest: 300.00 and 300.01'],
    ['price', { price: '340.63' }, 'band of 278.70 to 340.62'],
    ['price', { price: '278.69' }, 'band of 278.70 to 340.62'],
    ['stopPrice', { orderType: 'STOP', stopPrice: '1.001' }, 'nearest: 1.00 and 1.01'],
    ['postOnly', { postOnly: true, timeInForce: 'IOC' }, 'Post-only'],
  ] as const)('says of its %s what is wrong with %j', (field, changes, words) => {
    const checked = check(changes);
    expect(checked.errors[field]).toContain(words);
    expect(checked.order).toBeUndefined();
  });

  test('has no error for what is still empty, and nothing to send', () => {
    const checked = check({ quantity: '', price: '' });
    expect(checked).toMatchObject({ errors: {}, missing: ['quantity', 'price'], order: undefined });
  });
});

describe('stepping', () => {
  test.each([
    ['300.00', 1, '300.01'],
    ['300.005', 1, '300.01'],
    ['300.005', -1, '300.00'],
    ['', 1, '309.71'],
    ['0.01', -1, '0.01'],
  ])('the price %j by %i', (text, by, expected) => expect(stepped(text, 'price', aapl, by, 309.7)).toBe(expected));
  test('the quantity goes by lots, and to the next one first', () => {
    expect(stepped('', 'quantity', aapl, 1)).toBe('5');
    expect(stepped('7', 'quantity', aapl, 1)).toBe('10');
    expect(stepped('10', 'quantity', aapl, 10)).toBe('60');
  });
});
