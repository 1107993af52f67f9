import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCsv } from './csv.ts';

const fieldsOf = (file: string) => readCsv(file)?.map(({ fields }) => fields) ?? null;

it.each<[string, string, string[][] | null]>([
  [
    'commas',
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'semicolons, as Brazilian spreadsheets write',
    'a;b\nc,1;d',
    [
      ['a', 'b'],
      ['c,1', 'd'],
    ],
  ],
  [
    'empty lines before the first',
    '\r\n  \n\na;b\nc;d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a byte order mark', '\ufeffa,b', [['a', 'b']]],
  [
    'CRLF and a last line end',
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'CR alone',
    'a,b\rc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['separators, quotes and line ends inside quotes', '"a,1","say ""oi""","x\r\ny"', [['a,1', 'say "oi"', 'x\r\ny']]],
  [
    'a semicolon inside quotes before commas',
    '"a;1",b\nc,d',
    [
      ['a;1', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'empty fields',
    'a,,\n,,b',
    [
      ['a', '', ''],
      ['', '', 'b'],
    ],
  ],
  [
    'lines without anything',
    'a,b\n\n  \n,\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a quote inside a bare field', 'Ana "Bia" Souza,b', [['Ana "Bia" Souza', 'b']]],
  ['nothing', '', []],
  ['a quote that is not closed', 'a,"b\nc', null],
  ['something behind a closing quote', '"a"b,c', null],
])('reads %s', (_, file, expected) => {
  expect(fieldsOf(file)).toEqual(expected);
});

it('knows the line of the file each row begins on', () => {
  expect(readCsv('a,b\n\n"x\ny\r\nz",c\nd,e')?.map(({ line }) => line)).toEqual([1, 3, 6]);
});

it('reads back whatever a spreadsheet can write, with either separator and any line end', () => {
  const sign = fc.constantFrom('a', 'ç', ' ', '"', ',', ';', '\n', '\r\n', '😀', '=', '');
  const field = fc.array(sign, { maxLength: 6 }).map((signs) => signs.join(''));
  const rows = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 6 }));
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(',', ';'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      (body, separator, end, hasMark) => {
        const all = [['um', 'dois', 'três'], ...body.filter((row) => row.some((cell) => cell.trim() !== ''))];
        const file = all.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator)).join(end);
        expect(fieldsOf(`${hasMark ? '\ufeff' : ''}${file}${end}`)).toEqual(all);
      },
    ),
  );
});

it('never fails and never loops, whatever it is given', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('"', ',', ';', '\n', '\r', 'a', ' ')).map((signs) => signs.join('')),
      (file) => {
        const rows = readCsv(file);
        expect(rows === null || rows.every(({ fields }) => fields.length > 0)).toBe(true);
      },
    ),
  );
});
