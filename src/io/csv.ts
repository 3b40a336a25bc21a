/** Tables as comma-separated values (RFC 4180), for spreadsheets and scripts: numbers bare, without units or rounding for the eye. */
export type Cell = string | number | boolean | null | undefined;

export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(escapeCell).join(',')}\r\n`).join('');
}

function escapeCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = String(cell);
  // A spreadsheet would run a text that begins like this as a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
