import { useCreateInstrument, useHaltInstrument, useInstruments, useResumeInstrument, useUpdateInstrument } from '@mytradex/hooks';
import type { Instrument } from '@mytradex/types';
import { useState } from 'react';
import { parseDecimal, toNumber } from '../models/decimal.js';
import { fixed, plain, priceDecimals } from '../models/format.js';
import { DataTable } from '../ui/DataTable.js';
import { Dialog } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { Tag } from '../ui/Tag.js';
import { toast } from '../ui/toasts.js';

/** The instruments and their rules; what trades can be halted here. */
export function InstrumentsAdmin() {
  const instruments = useInstruments();
  const halt = useHaltInstrument();
  const resume = useResumeInstrument();
  const [editing, setEditing] = useState<Instrument>();
  const [listing, setListing] = useState(false);
  const onError = (failure: unknown) => toast(messageOf(failure) ?? '', 'bad');
  return (
    <Panel
      title="Instruments"
      aside={
        <button type="button" className="btn small" onClick={() => setListing(true)}>
          List an instrument
        </button>
      }
    >
      <DataTable
        caption="Instruments"
        rows={instruments.data}
        keyOf={(instrument) => instrument.symbol}
        empty="No instrument is listed."
        columns={[
          { head: 'Symbol', cell: (instrument) => <b>{instrument.symbol}</b> },
          { head: 'Name', wide: true, cell: (instrument) => instrument.name },
          { head: 'Tick', numeric: true, cell: (instrument) => plain(instrument.tickSize) },
          { head: 'Lot', numeric: true, cell: (instrument) => plain(instrument.lotSize) },
          { head: 'Band %', numeric: true, wide: true, cell: (instrument) => fixed(instrument.priceBandPercent, 2) },
          { head: 'Maker %', numeric: true, wide: true, cell: (instrument) => fixed(instrument.makerFeePercent, 4) },
          { head: 'Taker %', numeric: true, wide: true, cell: (instrument) => fixed(instrument.takerFeePercent, 4) },
          { head: 'Session, UTC', wide: true, cell: (instrument) => (instrument.sessionOpen === instrument.sessionClose ? 'always' : `${instrument.sessionOpen}–${instrument.sessionClose}`) },
          { head: 'Reference', numeric: true, wide: true, cell: (instrument) => fixed(instrument.referencePrice, priceDecimals(instrument)) },
          { head: 'Status', cell: (instrument) => <Tag status={instrument.status} /> },
          {
            head: <span className="sr">Actions</span>,
            numeric: true,
            cell: (instrument) => (
              <>
                <button type="button" className="btn small" onClick={() => setEditing(instrument)}>
                  Rules
                </button>{' '}
                {instrument.status === 'HALTED' ? (
                  <button type="button" className="btn small" onClick={() => resume.mutate(instrument.symbol, { onError })}>
                    Resume
                  </button>
                ) : (
                  <button type="button" className="btn danger small" onClick={() => halt.mutate(instrument.symbol, { onError })}>
                    Halt
                  </button>
                )}
              </>
            ),
          },
        ]}
      />
      {editing ? <Rules instrument={editing} onClose={() => setEditing(undefined)} /> : null}
      {listing ? <ListInstrument onClose={() => setListing(false)} /> : null}
    </Panel>
  );
}

const rules = [
  ['tickSize', 'Tick'],
  ['lotSize', 'Lot'],
  ['priceBandPercent', 'Price band, %'],
  ['makerFeePercent', 'Maker fee, %'],
  ['takerFeePercent', 'Taker fee, %'],
] as const;
const ruleScale = 15;

function Rules({ instrument, onClose }: { instrument: Instrument; onClose: () => void }) {
  const update = useUpdateInstrument();
  const [values, setValues] = useState<Record<string, string>>(Object.fromEntries(rules.map(([key]) => [key, String(instrument[key] ?? 0)])));
  const [session, setSession] = useState({ sessionOpen: instrument.sessionOpen, sessionClose: instrument.sessionClose });
  const read = (key: string) => parseDecimal(values[key] ?? '', ruleScale);
  const isWhole = rules.every(([key]) => read(key) !== undefined);
  const send = () => {
    if (!isWhole) return;
    const changes = Object.fromEntries(rules.map(([key]) => [key, toNumber(read(key) ?? 0n, ruleScale)] as const).filter(([key, value]) => value !== instrument[key]));
    update.mutate({ symbol: instrument.symbol, ...changes, ...(session.sessionOpen !== instrument.sessionOpen || session.sessionClose !== instrument.sessionClose ? session : {}) }, { onSuccess: () => (toast(`${instrument.symbol} has new rules.`, 'good'), onClose()) });
  };
  return (
    <Dialog title={`Rules of ${instrument.symbol}`} confirm="Save" busy={update.isPending} error={messageOf(update.error)} onConfirm={send} onClose={onClose}>
      <p className="soft">For new orders and amendments; resting orders stay as they are.</p>
      {rules.map(([key, label]) => (
        <Field key={key} label={label} className="num" inputMode="decimal" value={values[key]} error={read(key) === undefined ? 'Not a number.' : undefined} onChange={(event) => setValues({ ...values, [key]: event.target.value })} />
      ))}
      <Field label="Session opens, UTC" value={session.sessionOpen} onChange={(event) => setSession({ ...session, sessionOpen: event.target.value })} />
      <Field label="Session closes, UTC" value={session.sessionClose} onChange={(event) => setSession({ ...session, sessionClose: event.target.value })} />
    </Dialog>
  );
}

function ListInstrument({ onClose }: { onClose: () => void }) {
  const create = useCreateInstrument();
  const [form, setForm] = useState({ symbol: '', name: '', currency: 'USD', tickSize: '0.01', lotSize: '1', referencePrice: '' });
  const number = (text: string) => (text === '' ? undefined : toNumber(parseDecimal(text, ruleScale) ?? 0n, ruleScale));
  const send = () =>
    create.mutate(
      { symbol: form.symbol.toUpperCase(), name: form.name, currency: form.currency, tickSize: number(form.tickSize), lotSize: number(form.lotSize), referencePrice: number(form.referencePrice) },
      { onSuccess: onClose },
    );
  const fields = [
    ['symbol', 'Symbol'],
    ['name', 'Name'],
    ['currency', 'Currency'],
    ['tickSize', 'Tick'],
    ['lotSize', 'Lot'],
    ['referencePrice', 'Reference price'],
  ] as const;
  return (
    <Dialog title="List an instrument" confirm="List" busy={create.isPending} error={messageOf(create.error)} onConfirm={send} onClose={onClose}>
      {fields.map(([key, label]) => (
        <Field key={key} label={label} value={form[key]} onChange={(event) => setForm({ ...form, [key]: event.target.value })} />
      ))}
    </Dialog>
  );
}
