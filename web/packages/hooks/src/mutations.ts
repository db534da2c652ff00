import type { ApiError} from '@mytradex/api';
import { invalidateDependencies, type Resource } from '@mytradex/api';
import { useMutation, useQueryClient, type QueryClient, type QueryKey, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query';

/** What a caller may set of a mutation: what happens on success, on failure, and after. */
export type MutationExtras<Data, Variables> = Omit<UseMutationOptions<Data, ApiError, Variables>, 'mutationFn' | 'onMutate'>;

/** A write, after which what depends on the resource is read anew. */
export interface Write<Data, Variables> {
  mutationFn: (variables: Variables) => Promise<Data>;
  /** What it changes. */
  resource?: Resource;
  /** Brings the answer into the cache, before anything is read anew. */
  keep?: (queryClient: QueryClient, data: Data, variables: Variables) => void;
}

/** A mutation of a resource. */
export function useWrite<Data, Variables = void>(
  { mutationFn, resource, keep }: Write<Data, Variables>,
  extras: MutationExtras<Data, Variables> = {},
): UseMutationResult<Data, ApiError, Variables> {
  const queryClient = useQueryClient();
  return useMutation<Data, ApiError, Variables>({
    ...extras,
    mutationFn,
    onSuccess: (data, variables, ...rest) => {
      keep?.(queryClient, data, variables);
      return extras.onSuccess?.(data, variables, ...rest);
    },
    onSettled: (...settled) => {
      // After a failure, too: whether it happened may be unknown.
      if (resource) invalidateDependencies(resource);
      return extras.onSettled?.(...settled);
    },
  });
}

/** A write whose effect is shown before the server has confirmed it. */
export interface OptimisticWrite<Data, Variables> extends Write<Data, Variables> {
  /** The queries that show it: all whose keys begin so. */
  queryKey: QueryKey;
  /** What a query will show; the same object where it changes nothing. */
  update: (cached: unknown, variables: Variables, queryKey: QueryKey) => unknown;
}

interface Rollback {
  changed: { queryKey: QueryKey; before: unknown; shown: unknown }[];
}

/** A mutation that shows its effect at once, and takes it back when it is refused. */
export function useOptimisticMutation<Data, Variables = void>(
  { mutationFn, resource, keep, queryKey, update }: OptimisticWrite<Data, Variables>,
  extras: Omit<UseMutationOptions<Data, ApiError, Variables, Rollback>, 'mutationFn' | 'onMutate'> = {},
): UseMutationResult<Data, ApiError, Variables, Rollback> {
  const queryClient = useQueryClient();
  return useMutation<Data, ApiError, Variables, Rollback>({
    ...extras,
    mutationFn,
    onMutate: async (variables) => {
      // An answer that is on its way would overwrite what is shown.
      await queryClient.cancelQueries({ queryKey });
      const changed: Rollback['changed'] = [];
      for (const [key, before] of queryClient.getQueriesData({ queryKey })) {
        if (before === undefined) continue;
        const wanted = update(before, variables, key);
        if (wanted === before) continue;
        queryClient.setQueryData(key, wanted);
        changed.push({ queryKey: key, before, shown: queryClient.getQueryData(key) });
      }
      return { changed };
    },
    onError: (error, variables, rollback, ...rest) => {
      for (const { queryKey: key, before, shown } of rollback?.changed ?? []) {
        // What realtime has written meanwhile is truer than what was there before.
        if (queryClient.getQueryData(key) === shown) queryClient.setQueryData(key, before);
      }
      return extras.onError?.(error, variables, rollback, ...rest);
    },
    onSuccess: (data, variables, ...rest) => {
      keep?.(queryClient, data, variables);
      return extras.onSuccess?.(data, variables, ...rest);
    },
    onSettled: (...settled) => {
      if (resource) invalidateDependencies(resource);
      else void queryClient.invalidateQueries({ queryKey });
      return extras.onSettled?.(...settled);
    },
  });
}
