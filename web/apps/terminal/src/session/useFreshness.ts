import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Asks again for what the service worker answered from its store and then found changed. */
export function useFreshness(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (!worker) return;
    const listen = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'object' && data !== null && 'changed' in data) void queries.invalidateQueries({ queryKey: ['instruments'] });
    };
    worker.addEventListener('message', listen);
    return () => worker.removeEventListener('message', listen);
  }, [queries]);
}
