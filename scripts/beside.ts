/**
 * Our screens beside those that the design draws: `node scripts/with-runtime.mjs scripts/beside.ts FOLDER`, with the folder of the
 * design's pictures. Writes docs/pictures/beside/*.webp, ours at the left, and the page docs/beside-the-design.md.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launch } from '../tests/e2e/chromium.ts';
import { walk } from '../tests/e2e/looking.ts';
import { openSchool } from '../tests/e2e/school.ts';
import { type Look, screens, silenceAna } from '../tests/e2e/screens.ts';

/** All pictures together: a clone should not grow by them. */
const MOST_BYTES = 3_000_000;
/** Both halves of a pair are drawn so high, in px. */
const HEIGHT = 640;
const QUALITY = 0.72;

/** A screen of ours, and the design's picture of it. */
interface Pair {
  readonly ours: string;
  readonly theirs: string;
  readonly width: 1440 | 390;
  readonly theme: 'light' | 'dark';
}

/** Those of the design that a release has; moderation, the lesson in its host page and the page of all pieces are not among them. */
const pairs: readonly Pair[] = (
  [
    ['conversation', 'conversation'],
    ['directory', 'directory'],
    ['inbox', 'inbox'],
    ['sign-in', 'sign-in'],
  ] as const
)
  .flatMap(([ours, theirs]) =>
    ([1440, 390] as const).flatMap((width) =>
      (['light', 'dark'] as const).map((theme): Pair => ({ ours, theirs, width, theme })),
    ),
  )
  .concat([
    { ours: 'conversation-present', theirs: 'conversation-end', width: 1440, theme: 'dark' },
    { ours: 'offline', theirs: 'conversation-offline', width: 1440, theme: 'light' },
    { ours: 'offline', theirs: 'conversation-offline', width: 390, theme: 'dark' },
    { ours: 'rooms', theirs: 'conversation-rooms', width: 390, theme: 'light' },
    { ours: 'muted', theirs: 'conversation-silenced', width: 390, theme: 'light' },
  ]);

const placeOf = ({ width, theme }: Pair): string => `${width === 1440 ? 'desktop' : 'phone'}-${theme}`;

/** Draws two pictures side by side, as one small WebP. */
const together = async (page: Page, ours: Buffer, theirs: Buffer): Promise<Buffer> => {
  const drawn = await page.evaluate(
    async ([left, right, height, quality]) => {
      const images = await Promise.all(
        [left, right].map(async (data) => {
          const image = new Image();
          image.src = `data:image/png;base64,${data}`;
          await image.decode();
          return image;
        }),
      );
      const widths = images.map((image) => Math.round((image.naturalWidth * height) / image.naturalHeight));
      const gap = 16;
      const canvas = document.createElement('canvas');
      canvas.width = (widths[0] ?? 0) + gap + (widths[1] ?? 0);
      canvas.height = height;
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('a canvas draws');
      pen.imageSmoothingQuality = 'high';
      images.forEach((image, nth) => pen.drawImage(image, nth * ((widths[0] ?? 0) + gap), 0, widths[nth] ?? 0, height));
      return canvas.toDataURL('image/webp', quality).slice('data:image/webp;base64,'.length);
    },
    [ours.toString('base64'), theirs.toString('base64'), HEIGHT, QUALITY] as const,
  );
  return Buffer.from(drawn, 'base64');
};

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Where are the pictures of the design? Give their folder.');
const docs = join(import.meta.dirname, '../docs');
const pictures = join(docs, 'pictures/beside');
rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });

const [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
let bytes = 0;
try {
  await silenceAna(browser, school.url);
  const table = await browser.newPage();
  for (const width of [1440, 390] as const)
    for (const theme of ['light', 'dark'] as const) {
      const wanted = pairs.filter((pair) => pair.width === width && pair.theme === theme);
      const look: Look = { width, theme, language: 'pt-BR' };
      await walk(browser, {
        base: school.url,
        look,
        screens: screens.filter(({ name }) => wanted.some(({ ours }) => ours === name)),
        // A page that nobody looks at marks nothing as read: what is unread stays so for the pictures after it
        prepare: () => Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' }),
        at: async ({ name }, page) => {
          const pair = wanted.find(({ ours }) => ours === name);
          if (!pair) throw new Error(`${name} is one of the pairs`);
          const theirs = readFileSync(join(folder, `${pair.theirs}-${placeOf(pair)}.png`));
          const made = await together(table, await page.screenshot(), theirs);
          bytes += made.byteLength;
          writeFileSync(join(pictures, `${name}-${placeOf(pair)}.webp`), made);
        },
      });
    }
} finally {
  await browser.close();
  await school.close();
}
if (bytes > MOST_BYTES) throw new Error(`The pictures are ${bytes} bytes, and at most ${MOST_BYTES} are kept`);

const sections = [...new Set(pairs.map(({ ours }) => ours))].map((ours) =>
  [
    `## ${ours}`,
    ...pairs
      .filter((pair) => pair.ours === ours)
      .map(
        (pair) =>
          `![${ours}, ${placeOf(pair)}: ours at the left, the design at the right](pictures/beside/${ours}-${placeOf(pair)}.webp)`,
      ),
  ].join('\n\n'),
);
writeFileSync(
  join(docs, 'beside-the-design.md'),
  `# Beside the design

Screens of the demo school at the left, the design's picture of them at the right; drawn by \`scripts/beside.ts\`. The talk differs:
the design tells one story, the demo school another. What the design draws and no release has yet (the line of questions, the desk of
moderation, the lesson in its host page) is not here.

${sections.join('\n\n')}
`,
);
process.stdout.write(`${pairs.length} pairs, ${bytes} bytes.\n`);
