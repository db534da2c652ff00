import { handlerFor } from '@mytradex/api/msw';
import { apiClient, configureApi, tokenAuth } from '@mytradex/api';
import { fireEvent, render, screen } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { desk } from './desk.js';

const { server } = desk();
afterAll(() => configureApi({ auth: tokenAuth() }));

it('shows an example that works', async () => {
  const { Desk } = await import('../examples/Desk.js');
  document.cookie = 'mtx_csrf=proof';
  apiClient.session.signedIn({ csrfToken: 'proof', expiresIn: 3600 });
  server.use(
    handlerFor('listOrders', { data: [{ id: 'order-1', symbol: 'AAPL', price: 150.1, status: 'NEW', sequence: 1, createdAt: '' }] }),
    handlerFor('cancelOrder', () => new Promise<never>(() => undefined)),
  );
  render(<Desk />);

  fireEvent.click(await screen.findByText('Cancel AAPL at 150.1'));

  expect(screen.getByText('– / – (connecting)')).toBeDefined();
  expect(readFileSync('README.md', 'utf8')).toContain(readFileSync('examples/Desk.tsx', 'utf8').trimEnd());
});
