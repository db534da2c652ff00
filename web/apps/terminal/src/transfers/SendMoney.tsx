import { useAccounts, useScheduleTransfer, useSendTransfer, useValidateTransfer } from '@mytradex/hooks';
import type { RecurrenceFrequency } from '@mytradex/types';
import { useState, type FormEvent } from 'react';
import { moneyExact, words } from '../models/format.js';
import { scheduleOf, transferOf, type TransferForm } from '../models/transfer.js';
import { Choice, Field } from '../ui/Field.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { toast } from '../ui/toasts.js';
import { useDebounced } from '../ui/useDebounced.js';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = [...new Set([here, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
const blank: TransferForm = { fromAccountId: '', to: '', amount: '', memo: '', runAt: '', timeZone: here, frequency: '', until: '' };
const validateAfter = 300;

/** The form that sends money; the server says beforehand whether it would go through. */
export function SendMoney() {
  const accounts = useAccounts();
  const [form, setForm] = useState(blank);
  const [later, setLater] = useState(false);
  const own = accounts.data?.filter((account) => account.status === 'ACTIVE') ?? [];
  const filled = { ...form, fromAccountId: form.fromAccountId || (own[0]?.id ?? '') };
  const wanted = useDebounced(transferOf(filled), validateAfter);
  const validation = useValidateTransfer(wanted);
  const send = useSendTransfer();
  const schedule = useScheduleTransfer();
  const busy = send.isPending || schedule.isPending;
  const answer = wanted ? validation.data : undefined;
  const change = (changes: Partial<TransferForm>) => setForm((old) => ({ ...old, ...changes }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = (text: string) => {
      toast(text, 'good');
      setForm({ ...blank, fromAccountId: form.fromAccountId });
    };
    const transfer = transferOf(filled);
    const putOff = scheduleOf(filled);
    if (later && putOff) schedule.mutate(putOff, { onSuccess: () => done('The transfer is scheduled.') });
    else if (!later && transfer) send.mutate(transfer, { onSuccess: (sent) => done(`${moneyExact(sent.amount)} ${sent.currency} sent.`) });
  };
  const isWhole = later ? scheduleOf(filled) !== undefined : transferOf(filled) !== undefined;
  return (
    <Panel title="Send money" content="form">
      <form onSubmit={submit} noValidate>
        <Choice label="From" value={filled.fromAccountId} onChange={(event) => change({ fromAccountId: event.target.value })}>
          {own.map((account) => (
            <option key={account.id} value={account.id}>
              {account.name} – {moneyExact(account.available)} {account.currency}
            </option>
          ))}
        </Choice>
        <Field label="To – account number, or one of yours" list="own-accounts" autoComplete="off" value={form.to} onChange={(event) => change({ to: event.target.value })} />
        <datalist id="own-accounts">
          {own
            .filter((account) => account.id !== filled.fromAccountId)
            .map((account) => (
              <option key={account.id} value={account.number}>
                {account.name}
              </option>
            ))}
        </datalist>
        <Field
          label="Amount"
          className="num"
          inputMode="decimal"
          autoComplete="off"
          value={form.amount}
          onChange={(event) => change({ amount: event.target.value })}
          error={answer && !answer.valid && !later ? answer.refusal?.message : undefined}
          hint={answer?.valid ? `goes to ${answer.toAccountId}; ${moneyExact(answer.remainingToday)} may still be sent today` : validation.error && wanted ? messageOf(validation.error) : undefined}
        />
        <Field label="Memo" value={form.memo} onChange={(event) => change({ memo: event.target.value })} />
        <label className="check">
          <input type="checkbox" checked={later} onChange={(event) => setLater(event.target.checked)} /> Later, or again and again
        </label>
        {later ? (
          <>
            <Field label="At" type="datetime-local" value={form.runAt} onChange={(event) => change({ runAt: event.target.value })} />
            <Choice label="Time zone" value={form.timeZone} onChange={(event) => change({ timeZone: event.target.value })}>
              {zones.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </Choice>
            <Choice label="Again" value={form.frequency} onChange={(event) => change({ frequency: event.target.value as RecurrenceFrequency | '' })}>
              <option value="">Never</option>
              {(['DAILY', 'WEEKLY', 'MONTHLY'] as const).map((frequency) => (
                <option key={frequency} value={frequency}>
                  {words(frequency)}
                </option>
              ))}
            </Choice>
            {form.frequency ? <Field label="Until (day; empty: for good)" type="date" value={form.until} onChange={(event) => change({ until: event.target.value })} /> : null}
          </>
        ) : null}
        <p className="error" role="alert" style={{ minHeight: 20 }}>
          {messageOf(later ? schedule.error : send.error)}
        </p>
        <button type="submit" className="btn primary" disabled={busy || !isWhole}>
          {later ? 'Schedule' : 'Send'}
        </button>
      </form>
    </Panel>
  );
}
