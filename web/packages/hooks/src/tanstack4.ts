import { keepPreviousData, type DefaultError, type QueryKey } from '@tanstack/react-query';

// Names that TanStack Query 4 had, which much code and many guides still use.
declare module '@tanstack/react-query' {
  /* eslint-disable @typescript-eslint/no-unused-vars -- an interface is only extended under its own parameters */
  interface QueryOptions<TQueryFnData = unknown, TError = DefaultError, TData = TQueryFnData, TQueryKey extends QueryKey = QueryKey, TPageParam = never> {
    /** Milliseconds for which data that nobody uses is kept: `gcTime`. */
    cacheTime?: number;
  }
  interface QueryObserverOptions<
    TQueryFnData = unknown,
    TError = DefaultError,
    TData = TQueryFnData,
    TQueryData = TQueryFnData,
    TQueryKey extends QueryKey = QueryKey,
    TPageParam = never,
  > {
    /** True: what was shown stays until the next page is there: `placeholderData: keepPreviousData`. */
    keepPreviousData?: boolean;
  }
  /* eslint-enable @typescript-eslint/no-unused-vars */
}

/** The options by the names that TanStack Query 5 reads. */
export function translated<Options extends object>(options: Options): Options {
  if (!('cacheTime' in options || 'keepPreviousData' in options)) return options;
  const { cacheTime, keepPreviousData: keeps, ...rest } = options as { cacheTime?: number; keepPreviousData?: boolean; gcTime?: number; placeholderData?: unknown };
  return {
    ...rest,
    ...(cacheTime !== undefined && { gcTime: rest.gcTime ?? cacheTime }),
    ...(keeps && { placeholderData: rest.placeholderData ?? keepPreviousData }),
  } as Options;
}
