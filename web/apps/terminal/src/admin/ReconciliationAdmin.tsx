import { admin } from '@mytradex/api';
import { useQuery } from '@tanstack/react-query';
import { dateTime, plain, words } from '../models/format.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { Tag } from '../ui/Tag.js';

const every = 10_000;

/** Whether the books agree with each other: journal, exchange and SQL, compared beside trading. */
export function ReconciliationAdmin() {
  const books = useQuery({ queryKey: ['reconciliation'], queryFn: ({ signal }) => admin.reconciliation({ signal }), refetchInterval: every });
  const run = books.data?.last;
  return (
    <>
      <dl className="figures">
        <div>
          <dt>Books</dt>
          <dd>
            <Tag status={books.data?.status} />
          </dd>
        </div>
        <div>
          <dt>Compared at</dt>
          <dd>{dateTime(run?.startedAt)}</dd>
        </div>
        <div>
          <dt>Took</dt>
          <dd>{run ? `${plain(run.durationMs)} ms` : '–'}</dd>
        </div>
        <div>
          <dt>Through command</dt>
          <dd>{plain(run?.sequence)}</dd>
        </div>
        <div>
          <dt>Ledger lines</dt>
          <dd>{plain(run?.ledgerLines)}</dd>
        </div>
        <div>
          <dt>Findings</dt>
          <dd>{plain(run?.findingCount)}</dd>
        </div>
      </dl>
      <Panel title="What was compared" content="form">
        {books.error ? <p className="error">{messageOf(books.error)}</p> : null}
        {books.data?.failingBecause ? <p className="error">{books.data.failingBecause}</p> : null}
        <table className="table">
          <caption className="sr">Comparisons and how many things each looked at</caption>
          <tbody>
            {Object.entries(run?.compared ?? {}).map(([what, count]) => (
              <tr key={what}>
                <th scope="row">{words(what)}</th>
                <td className="num">{plain(Number(count))}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="mono soft" style={{ paddingTop: 10 }}>
          state hash {run?.stateHash ?? '–'}
        </p>
        {run?.findings.length ? <pre className="mono">{JSON.stringify(run.findings, null, 2)}</pre> : null}
      </Panel>
    </>
  );
}
