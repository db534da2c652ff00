import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../venue.js';
import { apiClient, cacheManager, CacheManager, dependenciesOf, invalidateDependencies } from '../../src/index.js';

let names = 0;
const newName = () => `tests-${++names}`;

describe('what is cached', () => {
  it('is there for the next visit', async () => {
    const name = newName();
    await new CacheManager({ name }).set('instruments:all', [{ symbol: 'AAPL' }]);

    expect(await new CacheManager({ name }).get('instruments:all')).toEqual([{ symbol: 'AAPL' }]);
  });

  it('is out of sight of another user', async () => {
    const cache = new CacheManager({ name: newName() });
    cache.useFor('user-1');
    await cache.set('orders:1', 'mine');

    cache.useFor('user-2');
    expect(await cache.get('orders:1')).toBeUndefined();

    cache.useFor('user-1');
    expect(await cache.get('orders:1')).toBe('mine');
  });

  it('is forgotten by what its key begins with literally', async () => {
    const name = newName();
    const cache = new CacheManager({ name });
    for (const key of ['orders:1', 'orders:2', 'ordersX:3', 'portfolio:orders:4']) await cache.set(key, key);

    await cache.invalidatePrefix('orders:');

    for (const reader of [cache, new CacheManager({ name })]) {
      expect(await reader.get('orders:1')).toBeUndefined();
      expect(await reader.get('orders:2')).toBeUndefined();
      expect(await reader.get('ordersX:3')).toBe('ordersX:3');
      expect(await reader.get('portfolio:orders:4')).toBe('portfolio:orders:4');
    }
    await cache.invalidatePrefix('.*');
    expect(await cache.get('ordersX:3')).toBe('ordersX:3');
  });

  it('is forgotten one by one and all together', async () => {
    const name = newName();
    const cache = new CacheManager({ name });
    await cache.set('a', 1);
    await cache.set('b', 2);

    await cache.invalidate('a');
    expect([await cache.get('a'), await cache.get('b')]).toEqual([undefined, 2]);

    await cache.clear();
    expect(await new CacheManager({ name }).get('b')).toBeUndefined();
  });

  it('goes from memory when it was longest unused', async () => {
    const cache = new CacheManager({ name: newName(), entriesMax: 2 });
    vi.stubGlobal('indexedDB', undefined);
    await cache.set('a', 1);
    await cache.set('b', 2);
    await cache.get('a');

    await cache.set('c', 3);

    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([1, undefined, 3]);
    vi.unstubAllGlobals();
  });

  it('before it was invalidated is not put back by a read on its way', async () => {
    const name = newName();
    await new CacheManager({ name }).set('a', 1);
    const cache = new CacheManager({ name });

    const read = cache.get('a');
    await cache.invalidate('a');

    expect(await read).toBeUndefined();
    expect(await cache.get('a')).toBeUndefined();
  });

  describe('with a clock', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
    afterEach(() => void vi.useRealTimers());

    it('is good for its time alone', async () => {
      const name = newName();
      const cache = new CacheManager({ name, ttlMs: 1_000 });
      await cache.set('short', 1);
      await cache.set('long', 2, 5_000);

      vi.setSystemTime(Date.now() + 1_000);

      for (const reader of [cache, new CacheManager({ name })]) expect([await reader.get('short'), await reader.get('long')]).toEqual([undefined, 2]);
    });
  });
});

describe('a browser that keeps nothing', () => {
  it('still has memory', async () => {
    vi.stubGlobal('indexedDB', { open: () => { throw new Error('private window'); } });
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const cache = new CacheManager({ name: newName() });

    await cache.set('a', 1);

    expect(await cache.get('a')).toBe(1);
    expect(warned).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });
});

describe('a change of a resource', () => {
  it('takes with it what depends on it also by way of others', () => {
    expect(dependenciesOf('orders')).toEqual(['orders', 'portfolio', 'accounts', 'transactions', 'statements']);
    expect(dependenciesOf('kill-switch')).toContain('accounts');
    expect(dependenciesOf('transfers')).toContain('portfolio');
    expect(dependenciesOf('files')).toEqual(['files']);
  });

  it('is forgotten by the page', async () => {
    await cacheManager.set('accounts:all', 1);
    await cacheManager.set('candles:AAPL', 2);

    invalidateDependencies('orders');

    expect(await cacheManager.get('accounts:all')).toBeUndefined();
    expect(await cacheManager.get('candles:AAPL')).toBe(2);
  });
});

describe('signing out', () => {
  it('forgets everything', async () => {
    cacheManager.useFor('user-1');
    await cacheManager.set('candles:AAPL', 2);

    apiClient.session.signedOut();
    cacheManager.useFor('user-1');

    await eventually(async () => expect(await new CacheManager().get('candles:AAPL')).toBeUndefined());
    expect(await cacheManager.get('candles:AAPL')).toBeUndefined();
  });
});
