import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Column } from './DataTable.js';
import styles from './InfiniteTable.module.css';
import { Loading } from './Loading.js';

const rowHeight = 23;
// This many rows before the end, the next page is asked for.
const ahead = 12;

/** What an infinite query tells; TanStack's result has these, and more. */
export interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/**
 * A list of any length: only the rows in sight are in the document, and the next page is fetched before its end is reached.
 * `template` is the widths of the columns, as CSS grid has them.
 */
export function InfiniteTable<T extends object>(props: { label: string; columns: readonly Column<T>[]; template: string; rows: readonly T[] | undefined; keyOf: (row: T) => string; pages: Pages; empty: ReactNode; height?: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, pages } = props;
  const count = rows?.length ?? 0;
  // eslint-disable-next-line react-hooks/incompatible-library -- What it warns of is for React's compiler, which is not used here.
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const wantsMore = pages.hasNextPage && !pages.isFetchingNextPage && last >= count - ahead;

  useEffect(() => {
    if (wantsMore) pages.fetchNextPage();
  }, [wantsMore, pages]);

  const grid = { gridTemplateColumns: props.template };
  return (
    <div className={styles.scroller} ref={scroller} style={{ height: props.height ? `min(${props.height}, 62svh)` : '100%' }} role="table" aria-label={props.label} aria-rowcount={pages.hasNextPage ? -1 : count + 1} tabIndex={0}>
      <div role="rowgroup" className={styles.head}>
        <div role="row" className={styles.row} style={grid}>
          {props.columns.map((column, index) => (
            <div key={index} role="columnheader" className={column.numeric ? 'num' : 'cut'}>
              {column.head}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows?.[item.index];
          if (row === undefined) return null;
          return (
            <div key={props.keyOf(row)} role="row" aria-rowindex={item.index + 2} className={styles.row} style={{ ...grid, position: 'absolute', top: item.start }}>
              {props.columns.map((column, index) => (
                <div key={index} role="cell" className={column.numeric ? 'num' : 'cut'}>
                  {column.cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
      {rows === undefined ? <Loading /> : count === 0 ? <p className="empty">{props.empty}</p> : pages.isFetchingNextPage ? <p className="sr" role="status">Loading more…</p> : null}
    </div>
  );
}
