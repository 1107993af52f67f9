import { setupI18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../i18n/locales/pt-BR.ts';
import { Markdown } from '../markdown/Markdown.tsx';
import { drawFormula } from './draw.ts';
import { maths } from './maths.ts';
import { formulaAt } from './rules.ts';

const i18n = setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': messages } });
const draw = (body: string): string =>
  renderToStaticMarkup(
    <I18nProvider i18n={i18n}>
      <Markdown body={body} />
    </I18nProvider>,
  );
const formula = (tex: string, isDisplay = false): string => renderToStaticMarkup(<>{drawFormula(tex, isDisplay)}</>);

beforeAll(async () => void (await maths.fetch()));

describe('what is a formula', () => {
  it.each([
    ['$x^2$', 'x^2'],
    ['$2x$', '2x'],
    ['$5$', '5'],
    ['$-b \\pm \\sqrt{\\Delta}$', '-b \\pm \\sqrt{\\Delta}'],
    ['\\(a+b\\)', 'a+b'],
    ['$\\$5$', '\\$5'],
    ['$a_{n}$, e', 'a_{n}'],
  ])('%j', (text, tex) => expect(formulaAt(text, 0)).toMatchObject({ tex, isDisplay: false }));

  it.each([['$$x = 1$$'], ['\\[x = 1\\]'], ['$$\nx = 1\n$$']])('%j stands on lines of its own', (text) =>
    expect(formulaAt(text, 0)).toMatchObject({ tex: 'x = 1', isDisplay: true }),
  );

  it.each([
    'custa $5',
    'de $5 a $10',
    'de $5 a 10$ por aula',
    'R$5 e R$6',
    'US$5/US$10',
    'R$ 5,00 ou R$ 6,00',
    '$ 5 e 6 $',
    'um $ e outro $',
    '$5, $6 e $7',
    '$x',
    '$$',
    '$$$$',
    '`$x^2$`',
    '```\n$x^2$\n```',
    '$x\n\ny$',
  ])('not %j', (text) => expect(draw(text)).not.toContain('<math'));
});

describe('a message with formulas', () => {
  it('has them in its lines, as MathML', () => {
    expect(draw('Vale $x^2$ **sempre**')).toBe(
      '<p>Vale <math><msup><mi>x</mi><mn class="tml-sml-pad">2</mn></msup></math> <strong>sempre</strong></p>',
    );
  });
  it('keeps emphasis out of them', () => expect(draw('$a*b*c$')).not.toContain('<em>'));
  it('on lines of its own one has lines that would begin a list', () => {
    const html = draw('Veja:\n$$\na\n+ b\n- c\n$$\ne fim');
    expect(html).not.toContain('<li>');
    expect(html).toMatch(
      /^<p>Veja:<\/p><span class="maths" tabindex="0" role="region" aria-label="Fórmula"><math display="block"/,
    );
    expect(html).toContain('<p>e fim</p>');
  });
  it('shows the words of what cannot be read', () =>
    expect(draw('$\\frac{1$ e $\\naoexiste$')).toBe('<p><code>\\frac{1</code> e <code>\\naoexiste</code></p>'));
});

describe('what a formula may not do', () => {
  it.each([
    '\\href{javascript:alert(1)}{x}',
    '\\url{https://example.org}',
    '\\includegraphics{https://example.org/x.png}',
    '\\class{dialog}{x}',
    '\\id{root}{x}',
    '\\style{position:fixed}{x}',
    '\\data{x=y}{x}',
  ])('%s', (tex) => expect(formula(tex)).not.toMatch(/href|src|<a |<img|dialog|id=|fixed|data-/));

  it.each([
    ['a macro that makes itself', '\\def\\a{\\a\\a}\\a'],
    [
      'a macro that doubles',
      '\\def\\a{xx}\\def\\b{\\a\\a}\\def\\c{\\b\\b}\\def\\d{\\c\\c}\\def\\e{\\d\\d}\\def\\f{\\e\\e}\\def\\g{\\f\\f}\\def\\h{\\g\\g}\\h',
    ],
    ['what is nested as deep as fits', '{'.repeat(1_000) + '}'.repeat(1_000)],
    ['fractions in fractions', '\\frac1{'.repeat(280) + 'x' + '}'.repeat(280)],
    ['more than anybody writes', 'x+'.repeat(2_000)],
  ])('%s neither throws nor grows without end', (_name, tex) => expect(formula(tex).length).toBeLessThan(100_000));

  it('no length is longer than a line', () => {
    expect(formula('\\rule{9999em}{9999em}x')).not.toContain('9999');
    expect(formula('\\kern-9999em x')).not.toContain('9999');
  });
});
