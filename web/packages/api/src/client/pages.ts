import type { Page, PageParams } from '@mytradex/types';

/**
 * Goes through all entries of a list, page after page, for lists that are not given whole. Pages hold together though entries are added
 * meanwhile.
 * @param read One page, for example `(params) => users.list({ role: 'TRADER', ...params })`.
 */
export async function* fetchAll<T>(read: (params: PageParams) => Promise<Page<T>>, size = 100): AsyncGenerator<T, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await read({ cursor, size });
    yield* page.data;
    cursor = page.pagination.hasMore ? page.pagination.nextCursor : undefined;
  } while (cursor !== undefined);
}
