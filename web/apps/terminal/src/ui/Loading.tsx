import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

const isOnline = () => onlineManager.isOnline();
const subscribe = (listener: () => void) => onlineManager.subscribe(listener);

/** What stands where something is still being fetched – or cannot be before the network is back, in which case it says that. */
export function Loading() {
  const online = useSyncExternalStore(subscribe, isOnline);
  return (
    <p className="empty" role="status">
      {online ? 'Loading…' : 'Waiting for the network: this machine is offline.'}
    </p>
  );
}
