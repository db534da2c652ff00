import { useConnectionState } from '@mytradex/hooks';
import styles from './Shell.module.css';
import { useStaleness } from './useStaleness.js';

const names = { live: 'Live', polling: 'Polling', connecting: 'Connecting', stale: 'No answer', offline: 'Offline' };
const signs = { live: '●', polling: '◐', connecting: '○', stale: '○', offline: '✕' };

/** Whether what is on the screen is live, in a word and a sign. */
export function ConnectionBadge() {
  const { status } = useConnectionState();
  const { stale } = useStaleness();
  const tone = status === 'live' ? 'up' : status === 'polling' || status === 'connecting' ? 'warn' : 'down';
  return (
    <p className={`${styles.connection} ${tone}`} role="status" title={stale && status !== 'polling' ? `for ${stale}` : undefined}>
      <span aria-hidden="true">{signs[status]}</span> {names[status]}
    </p>
  );
}
