/** Rows as comma-separated values, quoted where they must be; a cell that a spreadsheet would run as a formula is quoted with an apostrophe. */
export function toCsv(head: readonly string[], rows: Iterable<readonly (string | number | null | undefined)[]>): string {
  const lines = [head.map(cell).join(',')];
  for (const row of rows) lines.push(row.map(cell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
