import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { handlerFor } from '../src/msw/index.js';
import { mockVenue } from './venue.js';

const server = mockVenue();

it('shows an example that works', async () => {
  const asked: string[] = [];
  const note = (name: string) => () => {
    asked.push(name);
    return {};
  };
  server.use(handlerFor('login', note('login')), handlerFor('placeOrder', note('place')), handlerFor('cancelOrder', note('cancel')));
  vi.spyOn(console, 'log').mockReturnValue();

  await import('../examples/trade.js');

  expect(asked).toEqual(['login', 'place', 'cancel']);
  expect(readFileSync('README.md', 'utf8')).toContain(readFileSync('examples/trade.ts', 'utf8').trimEnd());
  expect(readFileSync('../types/README.md', 'utf8')).toContain(readFileSync('../types/examples/cheapest.ts', 'utf8').trimEnd());
});
