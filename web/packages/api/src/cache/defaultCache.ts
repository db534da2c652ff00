import { apiClient } from '../client/defaultClient.js';
import { CacheManager } from './CacheManager.js';
import { onInvalidated } from './dependencies.js';

/** The page's cache, for its one client. */
export const cacheManager = new CacheManager();

apiClient.session.on('signedOut', () => {
  cacheManager.useFor('');
  void cacheManager.clear();
});
onInvalidated((resources) => {
  for (const resource of resources) void cacheManager.invalidatePrefix(`${resource}:`);
});
