import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { parseMessage } from '../../packages/ui/src/markdown/parse.ts';
import { lightMarkdown } from './light-markdown.ts';

/** What people write, and what they might try. */
const bodies = [
  'Se o *a* for **negativo**, o vértice é ~~mínimo~~ máximo',
  '> citado\n> de novo\n\n- um\n- dois\n  1. três',
  '`x < 1 && y > 2`\n\n```js\nconst a = 1;\n```',
  'veja escola.example/aula e https://escola.example/a?b=1&c=2 e <https://escola.example>',
  '[aqui](https://escola.example/a "título") e [não](javascript:alert(1))',
  '# nada\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![foto](https://escola.example/x.png)',
  '<b onclick="x()">oi</b>\n\n<script>alert(1)</script>',
  '1 &lt; 2 &amp; 3 &gt; 2 &#39;x&#x27; &quot;&nbsp;',
];

it('[P9] the lighter Markdown of a build reads messages as the whole library does', async () => {
  const answer = await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    plugins: [lightMarkdown()],
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('../../packages/ui/src/markdown/parse.ts', import.meta.url)),
        formats: ['es'],
      },
    },
  });
  const [chunk] = [answer].flat().flatMap((one) => ('output' in one ? one.output : []));
  if (chunk?.type !== 'chunk') throw new Error('the build made nothing');
  const light = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(chunk.code)}`)) as {
    parseMessage: typeof parseMessage;
  };
  for (const body of bodies)
    expect(JSON.stringify(light.parseMessage(body)), body).toBe(JSON.stringify(parseMessage(body)));
  expect(chunk.code).not.toContain('CounterClockwiseContourIntegral');
});
