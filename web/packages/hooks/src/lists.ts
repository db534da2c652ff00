import { fetchAll, type ApiError } from '@mytradex/api';
import type { Page, PageParams } from '@mytradex/types';
import {
  useInfiniteQuery,
  type InfiniteData,
  type QueryClient,
  type QueryKey,
  type UseInfiniteQueryOptions,
  type UseInfiniteQueryResult,
  type UseQueryOptions,
} from '@tanstack/react-query';

/** What a caller may set of a query besides what it asks for. */
export type QueryExtras<Cached, Shown = Cached> = Omit<UseQueryOptions<Cached, ApiError, Shown>, 'queryKey' | 'queryFn' | 'select'>;

/** What a caller may set of an infinite query besides what it asks for. */
export type InfiniteExtras<T> = Omit<
  UseInfiniteQueryOptions<Page<T>, ApiError, T[], QueryKey, string | undefined>,
  'queryKey' | 'queryFn' | 'select' | 'initialPageParam' | 'getNextPageParam' | 'getPreviousPageParam'
>;

/** An infinite list's entries, one after another. */
export type InfiniteResult<T> = UseInfiniteQueryResult<T[], ApiError>;

type InfinitePages<T> = InfiniteData<Page<T>, string | undefined>;

const entriesOf = <T>(data: InfinitePages<T>): T[] => data.pages.flatMap((page) => page.data);

/** The entries of a page. */
export const pageEntries = <T>(page: Page<T>): T[] => page.data;

/** A list that grows by pages that hold together though entries are added meanwhile. */
export function useInfiniteList<T>(
  queryKey: QueryKey,
  read: (params: PageParams, signal: AbortSignal) => Promise<Page<T>>,
  { size = 50, ...extras }: InfiniteExtras<T> & { size?: number } = {},
): InfiniteResult<T> {
  return useInfiniteQuery<Page<T>, ApiError, T[], QueryKey, string | undefined>({
    queryKey,
    queryFn: ({ pageParam, signal }) => read({ cursor: pageParam, size }, signal),
    initialPageParam: undefined,
    getNextPageParam: (last) => (last.pagination.hasMore ? last.pagination.nextCursor : undefined),
    select: entriesOf,
    ...extras,
  });
}

/** All entries of a list that is short enough to be held whole. */
export async function readAll<T>(read: (params: PageParams) => Promise<Page<T>>): Promise<T[]> {
  const entries: T[] = [];
  for await (const entry of fetchAll(read)) entries.push(entry);
  return entries;
}

/** A change of a list: the same list again where nothing changes. */
export type ListChange<T> = (entries: T[], isFirstPage: boolean) => T[];

/** Changes the entries of every cached list whose key begins so, be it one page, pages, or whole. */
export function changeLists<T>(queryClient: QueryClient, prefix: QueryKey, change: (filters: unknown) => ListChange<T>): void {
  for (const [queryKey, cached] of queryClient.getQueriesData<T[] | Page<T> | InfinitePages<T>>({ queryKey: prefix })) {
    const changed = cached && changedList(cached, change(queryKey.at(-1)));
    if (changed !== cached) queryClient.setQueryData(queryKey, changed);
  }
}

/** The same list with its entries changed; the same object where nothing changes. */
export function changedList<T, Cached extends T[] | Page<T> | InfinitePages<T>>(cached: Cached, change: ListChange<T>): Cached {
  if (Array.isArray(cached)) return change(cached, true) as Cached;
  if ('pages' in cached) {
    const pages = cached.pages.map((page, index) => changedPage(page, change, index === 0));
    return pages.every((page, index) => page === cached.pages[index]) ? cached : { ...cached, pages };
  }
  if (!Array.isArray((cached as Page<T>).data)) return cached;
  return changedPage(cached as Page<T>, change, ((cached as Page<T>).pagination.page ?? 1) === 1) as Cached;
}

function changedPage<T>(page: Page<T>, change: ListChange<T>, isFirst: boolean): Page<T> {
  const data = change(page.data, isFirst);
  return data === page.data ? page : { ...page, data };
}
