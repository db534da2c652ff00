import { dismiss, useToasts } from './toasts.js';
import styles from './Toasts.module.css';

const signs = { good: '✓', bad: '!', plain: 'i' };

/** The messages that come and go, in a corner. */
export function Toasts() {
  return (
    <div className={styles.corner} role="status" aria-live="polite">
      {useToasts().map((toast) => (
        <div key={toast.id} className={`${styles.toast} ${styles[toast.tone] ?? ''}`}>
          <b aria-hidden="true">{signs[toast.tone]}</b>
          <span>{toast.text}</span>
          <button type="button" className="btn quiet small" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
