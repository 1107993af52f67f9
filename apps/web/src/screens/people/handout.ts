/** The links of new accounts as a file for a spreadsheet, safe to open in one. Pure. */

/** One person's link. `expiresAt` is RFC 3339. */
export interface Handout {
  readonly name: string;
  readonly email: string;
  readonly url: string;
  readonly expiresAt: string;
}

/** Spreadsheets take a cell that begins like this for a formula (security S48; OWASP, CSV injection), full-width signs included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
/** Excel reads a file without it in the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A cell that is only ever text: quoted (RFC 4180 §2), and never a formula. */
export const csvCell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** The file. `separator` is what spreadsheets of the language expect: `;` where the comma stands in numbers. */
export function handoutCsv(
  handouts: readonly Handout[],
  { separator, header }: { separator: ',' | ';'; header: readonly [string, string, string, string] },
): string {
  const rows = [header, ...handouts.map(({ name, email, url, expiresAt }) => [name, email, url, expiresAt])];
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(csvCell).join(separator)}\r\n`).join('');
}
