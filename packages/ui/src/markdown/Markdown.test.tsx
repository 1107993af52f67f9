import { setupI18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { messages } from '../i18n/locales/pt-BR.ts';
import { isEmojiOnly, Markdown, type MentionView } from './Markdown.tsx';
import { plainText, safeHref } from './parse.ts';

const i18n = setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': messages } });
const draw = (body: string, mentions?: readonly MentionView[]) =>
  renderToStaticMarkup(
    <I18nProvider i18n={i18n}>
      <Markdown body={body} mentions={mentions} />
    </I18nProvider>,
  );

describe('what a message may look like', () => {
  it.each([
    ['**a** *b* ~~c~~ `d`', '<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>'],
    ['um\ndois', '<p>um<br/>dois</p>'],
    ['- um\n- dois', '<ul><li>um</li><li>dois</li></ul>'],
    ['3. um', '<ol start="3"><li>um</li></ol>'],
    ['> dito', '<blockquote><p>dito</p></blockquote>'],
    ['# não é título', '<p># não é título</p>'],
    ['<b onclick="x()">a</b>', '<p>&lt;b onclick=&quot;x()&quot;&gt;a&lt;/b&gt;</p>'],
  ])('%j', (body, html) => expect(draw(body)).toBe(html));
  it('links open apart and carry nothing along', () =>
    expect(draw('[a](https://example.org/x)')).toBe(
      '<p><a href="https://example.org/x" target="_blank" rel="noopener noreferrer nofollow ugc">a</a></p>',
    ));
  it('an image is its words, never a request', () =>
    expect(draw('![olá](https://example.org/x.png)')).not.toContain('<img'));
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '/sair',
    '//example.org',
    'blob:x',
  ])('%j is no address for a link', (href) => {
    expect(safeHref(href)).toBeUndefined();
    expect(draw(`[a](<${href}>)`)).not.toContain('href');
  });
  it('mentions are chips, the longest name first, and only whole names', () => {
    const html = draw('oi @Ana Lima, @Ana e @Anabela', [
      { id: '1', name: 'Ana', isYou: false },
      { id: '2', name: 'Ana Lima', isYou: true },
    ]);
    expect(html).toBe(
      '<p>oi <span class="mention mention--me">@Ana Lima</span>, <span class="mention">@Ana</span> e @Anabela</p>',
    );
  });
  it('a mention in code is code', () =>
    expect(draw('`@Ana`', [{ id: '1', name: 'Ana', isYou: false }])).toBe('<p><code>@Ana</code></p>'));
  it.each([
    ['🎉', true],
    ['👍 🙌', true],
    ['🧑‍🏫', true],
    ['🎉 oi', false],
    ['🎉🎉🎉🎉', false],
    ['1', false],
  ])('%s alone is drawn large: %s', (body, large) => expect(isEmojiOnly(body)).toBe(large));
});

describe('bounds', () => {
  const size = 64 * 1024;
  it.each([
    ['[', '['.repeat(size)],
    ['](', '[a]('.repeat(size / 4)],
    ['>', '>'.repeat(size)],
    ['* ', '* '.repeat(size / 2)],
    ['**', '**a '.repeat(size / 4)],
    ['`', '`'.repeat(size)],
    ['nested list', Array.from({ length: 2000 }, (_, index) => `${' '.repeat(index % 60)}- a`).join('\n')],
    ['links', 'https://a.b '.repeat(size / 12)],
  ])('64 KiB of %s is drawn', { timeout: 60_000 }, (_name, body) => {
    // Some 50 ms; what would take the square of that is minutes, and the test's own limit ends it
    expect(draw(body).length).toBeGreaterThan(0);
  });
  it('beyond the budget of nodes the rest is text, and none of it is lost', () => {
    const html = draw('*a* '.repeat(10_000));
    expect((html.match(/<em>/g) ?? []).length).toBeLessThanOrEqual(5000);
    expect((html.match(/a/g) ?? []).length).toBe(10_000);
  });
});

describe('plain words', () => {
  it('without marks, on one line, cut by letters', () => {
    expect(plainText('**Se** o *a*\nfor [negativo](https://example.org)…')).toBe('Se o a for negativo…');
    expect(plainText('ã'.repeat(200), 10)).toBe(`${'ã'.repeat(9)}…`);
  });
});
