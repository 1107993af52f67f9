/** Comma-separated values as spreadsheets write them (RFC 4180), with semicolons where the comma is a decimal sign, as in Brazil. */

/** A row with the line of the file it begins on, from 1: a quoted field may run over several. */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The separator is the one that stands outside quotes on the first line that says something; with both, or neither, the comma. */
const separatorOf = (text: string): ',' | ';' => {
  let [isQuoted, hasSemicolon] = [false, false];
  for (const sign of text.trimStart()) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (sign === ',') return ',';
    else if (sign === ';') hasSemicolon = true;
    else if (sign === '\r' || sign === '\n') break;
  }
  return hasSemicolon ? ';' : ',';
};

/**
 * Reads a file: an optional byte order mark, CRLF, LF or CR, quotes doubled inside quotes; lines without anything are left out.
 * Null when a quote is not closed, or something stands behind a closing quote: then nobody knows where the fields end.
 */
export const readCsv = (file: string): CsvRow[] | null => {
  const text = file.replace(/^\ufeff/u, '');
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let [at, line] = [0, 1];
  while (at < text.length) {
    const begins = line;
    const fields: string[] = [];
    for (let more = true; more; ) {
      let field = '';
      if (text[at] === '"') {
        let close = text.indexOf('"', at + 1);
        while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
        if (close < 0) return null;
        field = text.slice(at + 1, close).replaceAll('""', '"');
        at = close + 1;
      } else {
        const from = at;
        while (at < text.length && text[at] !== separator && text[at] !== '\r' && text[at] !== '\n') at += 1;
        field = text.slice(from, at);
      }
      line += field.split(/\r\n|\r|\n/u).length - 1;
      fields.push(field);
      more = text[at] === separator;
      if (more) at += 1;
      else if (at < text.length && text[at] !== '\r' && text[at] !== '\n') return null;
    }
    if (text.startsWith('\r\n', at)) at += 2;
    else at += 1;
    line += 1;
    if (fields.some((field) => field.trim() !== '')) rows.push({ line: begins, fields });
  }
  return rows;
};
