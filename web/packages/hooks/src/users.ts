import { users, type ApiError } from '@mytradex/api';
import type { CreateUserRequest, Page, PageParams, UpdateUserRequest, User, UserFilters } from '@mytradex/types';
import { keepPreviousData, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys.js';
import { changedList, pageEntries, useInfiniteList, type InfiniteExtras, type InfiniteResult, type QueryExtras } from './lists.js';
import { useOptimisticMutation, useWrite, type MutationExtras } from './mutations.js';

/** One page of the users; administrators only. What was shown stays until the next page is there. */
export function useUsers(filters: UserFilters & PageParams = {}, extras?: QueryExtras<Page<User>, User[]>): UseQueryResult<User[], ApiError> {
  return useQuery<Page<User>, ApiError, User[]>({
    queryKey: keys.users(filters),
    queryFn: ({ signal }) => users.list(filters, { signal }),
    select: pageEntries,
    placeholderData: keepPreviousData,
    ...extras,
  });
}

/** The users, page after page; administrators only. */
export function useInfiniteUsers(filters: UserFilters = {}, extras?: InfiniteExtras<User>): InfiniteResult<User> {
  return useInfiniteList(keys.infiniteUsers(filters), (params, signal) => users.list({ ...filters, ...params }, { signal }), extras);
}

/** One user. */
export function useUser(id: string | undefined, extras?: QueryExtras<User>): UseQueryResult<User, ApiError> {
  return useQuery<User, ApiError>({ queryKey: keys.user(id ?? ''), queryFn: ({ signal }) => users.get(id ?? '', { signal }), enabled: !!id, ...extras });
}

/** Creates a user; administrators only. */
export function useCreateUser(extras?: MutationExtras<User, CreateUserRequest>): UseMutationResult<User, ApiError, CreateUserRequest> {
  return useWrite({ mutationFn: (request) => users.create(request), resource: 'users' }, extras);
}

/** Changes a user: oneself, or for administrators anybody. */
export function useUpdateUser(
  extras?: MutationExtras<User, UpdateUserRequest & { id: string }>,
): UseMutationResult<User, ApiError, UpdateUserRequest & { id: string }> {
  return useWrite(
    {
      mutationFn: ({ id, ...changes }) => users.update(id, changes),
      resource: 'users',
      keep: (queryClient, user) => queryClient.setQueryData<User>(keys.user(user.id), (old) => old && user),
    },
    extras,
  );
}

/** Deletes a user by their id, shown at once; administrators only. */
export function useDeleteUser(): UseMutationResult<void, ApiError, string, unknown> {
  return useOptimisticMutation<void, string>({
    mutationFn: (id) => users.delete(id),
    resource: 'users',
    queryKey: ['users'],
    update: (cached, id, queryKey) =>
      queryKey[1] === 'one' ? cached : changedList<User, User[]>(cached as User[], (entries) => entries.filter((user) => user.id !== id)),
  });
}
