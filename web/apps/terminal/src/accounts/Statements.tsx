import { useStatement } from '@mytradex/hooks';
import { useState } from 'react';
import { moneyExact, words } from '../models/format.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { Signed } from '../ui/Signed.js';

const thisMonth = () => new Date().toISOString().slice(0, 7);

/** A month of an account: what it began with, what came and went by type, what it ended with. */
export function Statements({ accountId }: { accountId: string }) {
  const [month, setMonth] = useState(thisMonth);
  const statement = useStatement(accountId, month);
  const it = statement.data;
  const page = `/api/v1/accounts/${accountId}/statements/${month}`;
  return (
    <Panel title="Statement" content="form" aside={<input type="month" className="input" style={{ width: 150 }} aria-label="Month" max={thisMonth()} value={month} onChange={(event) => event.target.value && setMonth(event.target.value)} />}>
      <div className="stack">
        {statement.error ? <p className="error">{messageOf(statement.error)}</p> : null}
        <table className="table">
          <caption className="sr">Statement of {month}</caption>
          <tbody>
            <tr>
              <th scope="row">Opening balance</th>
              <td className="num">{moneyExact(it?.openingBalance)}</td>
            </tr>
            {it?.totals.map((total) => (
              <tr key={total.type}>
                <th scope="row">
                  {words(total.type)} <span className="soft">× {total.transactions}</span>
                </th>
                <td className="num">
                  <Signed value={total.amount} />
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">{it?.final === false ? 'Balance so far' : 'Closing balance'}</th>
              <td className="num">
                <b>{moneyExact(it?.closingBalance)}</b>
              </td>
            </tr>
          </tbody>
        </table>
        <p className="row">
          <a className="btn" href={`${page}?format=html`} target="_blank" rel="noreferrer">
            Print
          </a>
          <a className="btn" href={`${page}?format=csv`} download>
            CSV
          </a>
        </p>
      </div>
    </Panel>
  );
}
