import { useId, type ReactNode } from 'react';

/** How a panel's content lies in it: `list` scrolls from edge to edge, `form` scrolls with room around it, `fill` takes the place and scrolls by itself, if at all. */
export type PanelContent = 'list' | 'form' | 'fill';

/** A titled region. `stale` dims what is in it and says how old it is: shown numbers are never silently old. */
export function Panel(props: { title: ReactNode; aside?: ReactNode; children: ReactNode; content?: PanelContent; className?: string | undefined; stale?: string | undefined }) {
  const id = useId();
  const { content = 'list' } = props;
  // Focusable where it scrolls and holds nothing that surely is: the keyboard must reach what is below.
  const scrolls = content === 'list' ? ({ tabIndex: 0, role: 'group', 'aria-labelledby': id } as const) : {};
  return (
    <section className={`panel ${props.stale ? 'stale' : ''} ${props.className ?? ''}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{props.title}</h2>
        <span className="grow" />
        {props.aside}
      </header>
      {props.stale ? <span className="tag wait staleness">stale {props.stale}</span> : null}
      <div className={`body ${content}`} {...scrolls}>
        {props.children}
      </div>
    </section>
  );
}
