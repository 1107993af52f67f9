import { describe, expect, it } from 'vitest';
import { csvCell, handoutCsv } from './handout.ts';

describe('the file of links', () => {
  it('[S48] no cell is a formula, whatever a name begins with', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
      expect(csvCell(`${start}HYPERLINK("https://example.org")`)).toBe(`"'${start}HYPERLINK(""https://example.org"")"`);
  });

  it('leaves every other name as it is', () => {
    expect(csvCell('Ana “Nina” Sant’Anna-Lima; a 1ª')).toBe('"Ana “Nina” Sant’Anna-Lima; a 1ª"');
  });

  it('is what a spreadsheet of the language opens', () => {
    const file = handoutCsv(
      [
        {
          name: 'Ana "Nina" Lima',
          email: 'ana@aurora.example',
          url: 'https://aurora.example/convite#t',
          expiresAt: '2026-10-14T17:00:00.000Z',
        },
      ],
      { separator: ';', header: ['nome', 'e-mail', 'endereço', 'vale até'] },
    );
    expect(file).toBe(
      '\uFEFF"nome";"e-mail";"endereço";"vale até"\r\n"Ana ""Nina"" Lima";"ana@aurora.example";"https://aurora.example/convite#t";"2026-10-14T17:00:00.000Z"\r\n',
    );
  });
});
