import type { ReactNode } from 'react';
import { Loading } from './Loading.js';

/** One column: what its head says and what each cell shows. */
export interface Column<T> {
  head: ReactNode;
  cell: (row: T) => ReactNode;
  /** Right-aligned, as numbers are. */
  numeric?: boolean;
  /** Left out where there is little room. */
  wide?: boolean;
}

/** A table of few rows; long lists are {@link InfiniteTable}s. */
export function DataTable<T>(props: { caption: string; columns: readonly Column<T>[]; rows: readonly T[] | undefined; keyOf: (row: T) => string; empty: ReactNode; onChoose?: (row: T) => void; chosen?: string | undefined }) {
  return (
    <>
      <table className="table">
        <caption className="sr">{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column, index) => (
              <th key={index} scope="col" className={classOf(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows?.map((row) => {
            const key = props.keyOf(row);
            return (
              <tr key={key} className={key === props.chosen ? 'chosen' : undefined} onClick={props.onChoose && (() => props.onChoose?.(row))}>
                {props.columns.map((column, index) => (
                  <td key={index} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {props.rows === undefined ? <Loading /> : props.rows.length === 0 ? <p className="empty">{props.empty}</p> : null}
    </>
  );
}

function classOf<T>(column: Column<T>): string | undefined {
  const classes = [column.numeric && 'num', column.wide && 'wide'].filter(Boolean).join(' ');
  return classes || undefined;
}
