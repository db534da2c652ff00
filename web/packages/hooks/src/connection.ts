import { realtime, type ConnectionState } from '@mytradex/api';
import { useSyncExternalStore } from 'react';

/** How far what is on the screen can be trusted, and since when. */
export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(realtime.connection.subscribe, realtime.connection.getSnapshot, realtime.connection.getSnapshot);
}
