// Tables as files: what a report shows, for a spreadsheet.

/** A cell that begins like a formula is a text: a street may be called "=1+1". */
const cell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

export const csvOf = (head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  `${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

export function saveCsv(name: string, head: readonly string[], rows: readonly (readonly (string | number | null)[])[]) {
  // The mark tells spreadsheets that it is UTF-8.
  const file = new Blob(['\uFEFF', csvOf(head, rows)], { type: 'text/csv;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
