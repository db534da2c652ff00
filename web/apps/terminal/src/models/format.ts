import { decimalsOf, toText } from './decimal.js';

/** How numbers and times are written, everywhere alike. Formatters are made once: making one costs more than using it a hundred times. */

const locale = 'en-US';
const numbers = new Map<string, Intl.NumberFormat>();

function formatter(least: number, most: number, sign: 'auto' | 'exceptZero'): Intl.NumberFormat {
  const key = `${least}.${most}.${sign}`;
  let made = numbers.get(key);
  if (!made) {
    made = new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most, signDisplay: sign });
    numbers.set(key, made);
  }
  return made;
}

/** What stands where there is no value. */
export const none = '–';

/** A number with a fixed count of decimals, so that a column of them is aligned. */
export function fixed(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined ? none : formatter(decimals, decimals, 'auto').format(value);
}

/** A number with as many decimals as it has. */
export function plain(value: number | null | undefined): string {
  return value === null || value === undefined ? none : formatter(0, 10, 'auto').format(value);
}

/** Exact steps with a fixed count of decimals. */
export function steps(value: bigint, scale: number, decimals: number): string {
  return formatter(decimals, decimals, 'auto').format(toText(value, scale) as `${number}`);
}

/** A number that always tells its sign; with a true minus, which is as wide as the plus. */
export function signed(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined ? none : formatter(decimals, decimals, 'exceptZero').format(value).replace('-', '−');
}

/** A percentage as the API gives it: 1.52 is 1.52 %. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? none : `${signed(value, 2)}%`;
}

/** Money: two decimals, more where the amount has them. */
export function money(value: number | null | undefined): string {
  return value === null || value === undefined ? none : formatter(2, 2, 'auto').format(value);
}

/** Money to its last decimal, as a ledger shows it. */
export function moneyExact(value: number | null | undefined): string {
  return value === null || value === undefined ? none : formatter(2, 10, 'auto').format(value);
}

/** Large counts, short: 74.4K. */
const compactNumbers = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });

/** A count where there is little room. */
export function compact(value: number | null | undefined): string {
  return value === null || value === undefined ? none : compactNumbers.format(value);
}

/** The decimals that prices of an instrument are shown with: those of its tick. */
export function priceDecimals(instrument: { tickSize: number } | undefined): number {
  return instrument ? decimalsOf(instrument.tickSize) : 2;
}

/** The decimals that quantities of an instrument are shown with: those of its lot. */
export function quantityDecimals(instrument: { lotSize: number } | undefined): number {
  return instrument ? decimalsOf(instrument.lotSize) : 0;
}

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** Hours, minutes and seconds of this machine's zone. */
export function time(iso: string | null | undefined): string {
  return iso ? clock.format(new Date(iso)) : none;
}

/** The day, without its time. */
export function date(iso: string | null | undefined): string {
  return iso ? day.format(new Date(iso)) : none;
}

/** Day and time; the year goes without saying. */
export function dateTime(iso: string | null | undefined): string {
  return iso ? dayAndTime.format(new Date(iso)) : none;
}

/** A span in seconds, as short as can be: 8 s, 3 min, 2 h. */
export function span(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}

/** A count of bytes for people. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  if (count < 1024 * 1024) return `${(count / 1024).toFixed(1)} KiB`;
  return `${(count / 1024 / 1024).toFixed(1)} MiB`;
}

/** POST_ONLY_WOULD_TAKE as people say it: Post only would take. */
export function words(code: string | null | undefined): string {
  if (!code) return none;
  const text = code.replace(/[_.-]/g, ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
