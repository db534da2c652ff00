import { useId, type ReactNode } from 'react';

/** A titled region. `stale` dims what is in it and says how old it is: shown numbers are never silently old. */
export function Panel(props: { title: ReactNode; aside?: ReactNode; children: ReactNode; padded?: boolean; className?: string; stale?: string | undefined }) {
  const id = useId();
  return (
    <section className={`panel ${props.stale ? 'stale' : ''} ${props.className ?? ''}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{props.title}</h2>
        {props.stale ? <span className="tag wait" title="Not live">stale {props.stale}</span> : null}
        <span className="grow" />
        {props.aside}
      </header>
      {/* Focusable since it scrolls: the keyboard must reach what is below. */}
      <div className={`body ${props.padded ? 'pad' : ''}`} tabIndex={props.padded ? undefined : 0} role={props.padded ? undefined : 'group'} aria-labelledby={props.padded ? undefined : id}>
        {props.children}
      </div>
    </section>
  );
}
