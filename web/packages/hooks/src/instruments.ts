import { instruments, type ApiError } from '@mytradex/api';
import type { CreateInstrumentRequest, Instrument, UpdateInstrumentRequest } from '@mytradex/types';
import { useQuery, type QueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { keys } from './keys.js';
import { readAll, type QueryExtras } from './lists.js';
import { useOptimisticMutation, useWrite, type MutationExtras } from './mutations.js';

const dayMs = 24 * 60 * 60_000;

/** All instruments and their rules. Kept for the next visit, when they are shown until the server has answered. */
export function useInstruments(extras?: QueryExtras<Instrument[]>): UseQueryResult<Instrument[], ApiError> {
  return useQuery<Instrument[], ApiError>({
    queryKey: keys.instruments,
    queryFn: ({ signal }) => readAll((params) => instruments.list(params, { signal })),
    staleTime: 60_000,
    meta: { keepMs: dayMs },
    ...extras,
  });
}

/** One instrument and its rules. */
export function useInstrument(symbol: string | undefined, extras?: QueryExtras<Instrument>): UseQueryResult<Instrument, ApiError> {
  return useQuery<Instrument, ApiError>({
    queryKey: keys.instrument(symbol ?? ''),
    queryFn: ({ signal }) => instruments.get(symbol ?? '', { signal }),
    enabled: !!symbol,
    staleTime: 60_000,
    ...extras,
  });
}

/** Lists a new instrument; administrators only. */
export function useCreateInstrument(extras?: MutationExtras<Instrument, CreateInstrumentRequest>): UseMutationResult<Instrument, ApiError, CreateInstrumentRequest> {
  return useWrite({ mutationFn: (request) => instruments.create(request), resource: 'instruments', keep: keepInstrument }, extras);
}

/** Changes an instrument's rules; administrators only. */
export function useUpdateInstrument(
  extras?: MutationExtras<Instrument, UpdateInstrumentRequest & { symbol: string }>,
): UseMutationResult<Instrument, ApiError, UpdateInstrumentRequest & { symbol: string }> {
  return useWrite({ mutationFn: ({ symbol, ...changes }) => instruments.update(symbol, changes), resource: 'instruments', keep: keepInstrument }, extras);
}

/** Halts trading in a symbol, shown at once; administrators only. */
export function useHaltInstrument(): UseMutationResult<Instrument, ApiError, string, unknown> {
  return useOptimisticMutation<Instrument, string>({
    mutationFn: (symbol) => instruments.halt(symbol),
    resource: 'instruments',
    queryKey: ['instruments'],
    update: (cached, symbol) => withStatus(cached, symbol, 'HALTED'),
    keep: keepInstrument,
  });
}

/** Lets a halted symbol trade again; administrators only. Whether its session is open, the answer tells. */
export function useResumeInstrument(extras?: MutationExtras<Instrument, string>): UseMutationResult<Instrument, ApiError, string> {
  return useWrite({ mutationFn: (symbol) => instruments.resume(symbol), resource: 'instruments', keep: keepInstrument }, extras);
}

function keepInstrument(queryClient: QueryClient, instrument: Instrument): void {
  queryClient.setQueryData<Instrument>(keys.instrument(instrument.symbol), (old) => old && instrument);
  queryClient.setQueryData<Instrument[]>(keys.instruments, (old) => old?.map((each) => (each.symbol === instrument.symbol ? instrument : each)));
}

function withStatus(cached: unknown, symbol: string, status: Instrument['status']): unknown {
  const change = (each: Instrument): Instrument => (each.symbol === symbol ? { ...each, status } : each);
  return Array.isArray(cached) ? (cached as Instrument[]).map(change) : change(cached as Instrument);
}
