import type { RecurrenceFrequency, ScheduleTransferRequest, TransferRequest } from '@mytradex/types';
import { parseDecimal, toNumber } from './decimal.js';

// Money as people type it; the server refuses what its currency does not have.
const cashScale = 6;

/** What stands in the transfer form, as typed. */
export interface TransferForm {
  fromAccountId: string;
  /** An own account's id, or somebody's account number. */
  to: string;
  amount: string;
  memo: string;
  /** `2026-12-01T09:00`, a time of day in `timeZone`; empty for now. */
  runAt: string;
  timeZone: string;
  frequency: RecurrenceFrequency | '';
  until: string;
}

/** The transfer that a form asks for, or undefined while it is not whole. */
export function transferOf(form: TransferForm): TransferRequest | undefined {
  const steps = parseDecimal(form.amount, cashScale);
  const to = form.to.trim();
  if (!form.fromAccountId || !to || steps === undefined || steps <= 0n) return undefined;
  return {
    fromAccountId: form.fromAccountId,
    ...(to.startsWith('account-') ? { toAccountId: to } : { toAccountNumber: to.replaceAll(' ', '') }),
    amount: toNumber(steps, cashScale),
    ...(form.memo && { memo: form.memo }),
  };
}

/** The same, put off; undefined while it is not whole or not put off. */
export function scheduleOf(form: TransferForm): ScheduleTransferRequest | undefined {
  const transfer = transferOf(form);
  if (!transfer || !form.runAt) return undefined;
  return {
    ...transfer,
    runAt: form.runAt,
    timeZone: form.timeZone,
    ...(form.frequency && { recurrence: { frequency: form.frequency, ...(form.until && { until: form.until }) } }),
  };
}
