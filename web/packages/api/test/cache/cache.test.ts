import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiClient, cacheManager, CacheManager, dependenciesOf, invalidateDependencies } from '../../src/index.js';

let names = 0;
const newName = () => `tests-${++names}`;

describe('what is cached', () => {
  it('is_there_for_the_next_visit', async () => {
    const name = newName();
    await new CacheManager({ name }).set('instruments:all', [{ symbol: 'AAPL' }]);

    expect(await new CacheManager({ name }).get('instruments:all')).toEqual([{ symbol: 'AAPL' }]);
  });

  it('is_out_of_sight_of_another_user', async () => {
    const cache = new CacheManager({ name: newName() });
    cache.useFor('user-1');
    await cache.set('orders:1', 'mine');

    cache.useFor('user-2');
    expect(await cache.get('orders:1')).toBeUndefined();

    cache.useFor('user-1');
    expect(await cache.get('orders:1')).toBe('mine');
  });

  it('is_forgotten_by_what_its_key_begins_with_literally', async () => {
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

  it('is_forgotten_one_by_one_and_all_together', async () => {
    const name = newName();
    const cache = new CacheManager({ name });
    await cache.set('a', 1);
    await cache.set('b', 2);

    await cache.invalidate('a');
    expect([await cache.get('a'), await cache.get('b')]).toEqual([undefined, 2]);

    await cache.clear();
    expect(await new CacheManager({ name }).get('b')).toBeUndefined();
  });

  it('goes_from_memory_when_it_was_longest_unused', async () => {
    const cache = new CacheManager({ name: newName(), entriesMax: 2 });
    vi.stubGlobal('indexedDB', undefined);
    await cache.set('a', 1);
    await cache.set('b', 2);
    await cache.get('a');

    await cache.set('c', 3);

    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([1, undefined, 3]);
    vi.unstubAllGlobals();
  });

  it('before_it_was_invalidated_is_not_put_back_by_a_read_on_its_way', async () => {
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

    it('is_good_for_its_time_alone', async () => {
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
  it('still_has_memory', async () => {
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
  it('takes_with_it_what_depends_on_it_also_by_way_of_others', () => {
    expect(dependenciesOf('orders')).toEqual(['orders', 'portfolio', 'accounts', 'transactions', 'statements']);
    expect(dependenciesOf('kill-switch')).toContain('accounts');
    expect(dependenciesOf('transfers')).toContain('portfolio');
    expect(dependenciesOf('files')).toEqual(['files']);
  });

  it('is_forgotten_by_the_page', async () => {
    await cacheManager.set('accounts:all', 1);
    await cacheManager.set('candles:AAPL', 2);

    invalidateDependencies('orders');

    expect(await cacheManager.get('accounts:all')).toBeUndefined();
    expect(await cacheManager.get('candles:AAPL')).toBe(2);
  });
});

describe('signing out', () => {
  it('forgets_everything', async () => {
    cacheManager.useFor('user-1');
    await cacheManager.set('candles:AAPL', 2);

    apiClient.session.signedOut();
    cacheManager.useFor('user-1');

    await vi.waitFor(async () => expect(await new CacheManager().get('candles:AAPL')).toBeUndefined());
    expect(await cacheManager.get('candles:AAPL')).toBeUndefined();
  });
});
