import { auth, type ApiError } from '@mytradex/api';
import type { LoginRequest, Me, RegisterRequest, Session } from '@mytradex/types';
import { useMutation, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys.js';
import type { QueryExtras } from './lists.js';
import type { MutationExtras } from './mutations.js';

/** Who is signed in and what they may do; null when nobody is. */
export function useSession(extras?: QueryExtras<Me | null>): UseQueryResult<Me | null, ApiError> {
  return useQuery<Me | null, ApiError>({ queryKey: keys.session, queryFn: ({ signal }) => auth.me({ signal }), staleTime: 5 * 60_000, ...extras });
}

/** Signs in. What others see of it, {@link ApiProvider} arranges. */
export function useLogin(extras: MutationExtras<Session, Omit<LoginRequest, 'mode'>> = {}): UseMutationResult<Session, ApiError, Omit<LoginRequest, 'mode'>> {
  return useMutation({ ...extras, mutationFn: (request) => auth.login(request) });
}

/** Registers a user and signs them in. */
export function useRegister(
  extras: MutationExtras<Session, Omit<RegisterRequest, 'mode'>> = {},
): UseMutationResult<Session, ApiError, Omit<RegisterRequest, 'mode'>> {
  return useMutation({ ...extras, mutationFn: (request) => auth.register(request) });
}

/** Signs out, here and in every tab that shares the session. */
export function useLogout(extras: MutationExtras<void, void> = {}): UseMutationResult<void, ApiError, void> {
  return useMutation({ ...extras, mutationFn: () => auth.logout() });
}
