import { describe, expect, it } from 'vitest';
import { isMuchCode, markdownOf, pasteOf } from './pasting.ts';

const none = { html: '', before: '', selected: '' };

describe('an address over what is selected', () => {
  const text = 'https://pt.wikipedia.org/wiki/Par%C3%A1bola_(curva)\n';
  it.each([
    [
      'makes it a link',
      { selected: 'a parábola' },
      '[a parábola](https://pt.wikipedia.org/wiki/Par%C3%A1bola_%28curva%29)',
    ],
    [
      'with its signs as signs',
      { selected: 'x [1]' },
      '[x \\[1\\]](https://pt.wikipedia.org/wiki/Par%C3%A1bola_%28curva%29)',
    ],
    ['is itself where nothing is selected', {}, undefined],
    ['takes the place of another address', { selected: 'https://example.org' }, undefined],
    ['takes the place of several lines', { selected: 'a\nb' }, undefined],
    ['stays what it is in code', { selected: 'a', before: '```\n' }, undefined],
    ['stays what it is where a link’s address stands', { selected: 'a', before: '[b](' }, undefined],
  ])('%s', (_, more, expected) => expect(pasteOf({ ...none, ...more, text })).toBe(expected));
  it('other words are only words', () => expect(pasteOf({ ...none, text: 'a b', selected: 'c' })).toBeUndefined());
});

describe('what was formatted elsewhere', () => {
  it.each([
    ['nothing to say in Markdown', '<meta charset="utf-8"><span style="color:red">só isto</span>', undefined],
    ['bold and italic', '<p>é <b>muito </b>e <i>bem</i></p>', 'é **muito** e *bem*'],
    ['one in the other, once', '<strong>a <b>b</b> <em>c</em></strong>', '**a b *c***'],
    [
      'what a text editor in the browser writes',
      '<b style="font-weight:normal"><p><span style="font-weight:700">T</span> u</p></b>',
      '**T** u',
    ],
    ['a link', '<a href="https://a.example/b">aqui</a>', '[aqui](https://a.example/b)'],
    [
      'a link that is its address, beside bold',
      '<a href="https://a.example/">https://a.example</a> <b>x</b>',
      'https://a.example/ **x**',
    ],
    ['no link that does something else', '<a href="javascript:alert(1)">a</a> <b>b</b>', 'a **b**'],
    ['lists in lists', '<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>', '- a\n- b\n   1. c\n   2. d'],
    ['a quote of two paragraphs', '<blockquote><p>a</p><p>b</p></blockquote><p>c</p>', '> a\n>\n> b\n\nc'],
    [
      'code with its blanks',
      '<p>x</p><pre><code>if (a) {\n  b *= 2;\n}\n</code></pre>',
      'x\n\n```\nif (a) {\n  b *= 2;\n}\n```',
    ],
    ['code in a line', 'use <code>a_b *</code>', 'use `a_b *`'],
    ['a heading', '<h2>Bhaskara</h2><p>x</p>', '**Bhaskara**\n\nx'],
    ['signs that were none', '<b>2</b> * 3 _a_ snake_case [x]', '**2** \\* 3 \\_a\\_ snake_case \\[x\\]'],
    ['letters with names', '<b>a</b>&nbsp;&lt;b&gt; &amp; &#233; &copy;', '**a** <b> & é &copy;'],
    ['nothing that is not seen', '<style>b{}</style><!-- x --><script>1</script><b>a</b>', '**a**'],
    ['a picture’s words', '<b>a</b> <img alt="gráfico" src="https://a.example/x.png">', '**a** gráfico'],
    [
      'a table’s cells',
      '<table><tr><th><b>x</b></th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>',
      '**x** | y\n1 | 2',
    ],
    ['lines by themselves', '<div>a</div><div><b>b</b></div><div>c</div>', 'a\n**b**\nc'],
    ['bold over lines', '<b>a<br>b</b>', '**a**\n**b**'],
    ['tags that nobody closed', '<p><b>a<p>b', '**a**\n\n**b**'],
  ])('%s', (_, html, expected) => expect(markdownOf(html)).toBe(expected));
  it('goes in as it is within code', () =>
    expect(pasteOf({ ...none, text: 'a', html: '<b>a</b>', before: 'x ```\n' })).toBeUndefined());
  it('a page that is broken on purpose is read in no time', () => {
    const began = performance.now();
    for (const part of ['<a "', "<a '", '<', '<b>', '<b>a</b>', '<p><p></p>', '<!--', '</b>', '&#', '<p> <'])
      markdownOf(part.repeat(100_000 / part.length));
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('much code', () => {
  const code = 'function f(x) {\n  return x * 2;\n}\n'.repeat(80);
  const prose = 'Uma frase de um texto que alguém colou, com vírgulas e sem chaves.\n'.repeat(50);
  it.each([
    ['is asked about', { text: code }, true],
    ['is none of a few lines', { text: code.slice(0, 2000) }, false],
    ['is not prose', { text: prose }, false],
    ['is not asked about in code', { text: code, before: '```js\n' }, false],
    ['is not asked about where it says so itself', { text: `\`\`\`\n${code}\n\`\`\`` }, false],
  ])('%s', (_, paste, expected) => expect(isMuchCode({ before: '', ...paste })).toBe(expected));
});
