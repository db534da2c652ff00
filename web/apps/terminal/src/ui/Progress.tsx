import styles from './Progress.module.css';

/** How far something is, 0–100; its place is kept while there is nothing to tell. */
export function Progress({ label, value }: { label: string; value: number | undefined }) {
  return (
    <div className={styles.progress} style={{ visibility: value === undefined ? 'hidden' : undefined }}>
      <progress max={100} value={value ?? 0} aria-label={label} /> <span>{Math.round(value ?? 0)}%</span>
    </div>
  );
}
