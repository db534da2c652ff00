import { Link } from 'wouter';
import { useNotifications } from './notifications.js';
import styles from './Shell.module.css';

/** Leads to what has happened, with the count of what is new. */
export function Bell() {
  const { unread } = useNotifications();
  return (
    <Link href="/alerts" className={`btn quiet small ${styles.bell}`} aria-label={`Alerts, ${unread} unread`} title="Alerts">
      <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
        <path d="M8 2a4 4 0 0 0-4 4c0 4-1.5 5-1.5 5h11S12 10 12 6a4 4 0 0 0-4-4ZM6.5 13.5a1.6 1.6 0 0 0 3 0" />
      </svg>
      {unread > 0 ? <span className={styles.unread}>{unread > 99 ? '99+' : unread}</span> : null}
    </Link>
  );
}
