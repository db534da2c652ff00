import { useConnectionState } from '@mytradex/hooks';
import { useEffect, useState } from 'react';
import { span } from '../models/format.js';

// What is shown may be this old before it is called stale, in milliseconds: a reconnect often takes less.
const grace = 2_000;

/** How far what is on the screen can be trusted. */
export interface Staleness {
  /** How old it is, in words; undefined while it is live. */
  stale: string | undefined;
  /** Whether nothing can be sent, either. */
  offline: boolean;
}

/** Tells what is live from what no longer is, by the connection, with its age counted on. */
export function useStaleness(): Staleness {
  const { status, since } = useConnectionState();
  const [now, setNow] = useState(since);
  useEffect(() => {
    if (status === 'live') return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1_000);
    const first = setTimeout(tick, grace + 10);
    return () => {
      clearInterval(timer);
      clearTimeout(first);
    };
  }, [status, since]);
  if (status === 'live') return { stale: undefined, offline: false };
  if (status === 'polling') return { stale: 'polling', offline: false };
  const age = now - since;
  return age < grace ? { stale: undefined, offline: false } : { stale: span(age / 1_000), offline: true };
}
