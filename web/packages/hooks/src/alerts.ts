import type { SystemAlert } from '@mytradex/types';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { keys } from './keys.js';

/** What the venue has announced since this page was opened, newest first: halts and resumptions. */
export function useAlerts(): { alerts: SystemAlert[]; dismiss: (alert: SystemAlert) => void } {
  const queryClient = useQueryClient();
  const { data = [] } = useQuery<SystemAlert[]>({ queryKey: keys.alerts, queryFn: () => [], enabled: false, initialData: [], staleTime: Infinity, gcTime: Infinity });
  const dismiss = useCallback(
    (alert: SystemAlert) => queryClient.setQueryData<SystemAlert[]>(keys.alerts, (old = []) => old.filter((each) => each !== alert)),
    [queryClient],
  );
  return { alerts: data, dismiss };
}
