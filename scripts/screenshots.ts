/**
 * Pictures of every screen and state of the demo school: `npm run screenshots -- FOLDER [part of a screen's name]`.
 * Without a folder only the few for the README are taken, into docs/pictures.
 */
import { copyFileSync, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../tests/e2e/chromium.ts';
import { walk } from '../tests/e2e/looking.ts';
import { openSchool } from '../tests/e2e/school.ts';
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import { enterAs, visit } from '../tests/e2e/visit.ts';
import { type Look, type Screen, screens, silenceAna } from '../tests/e2e/screens.ts';

const pictures = join(import.meta.dirname, '../docs/pictures');

/** In the README, from the walk's names. */
const kept = [
  'sign-in-desktop-light.png',
  'directory-desktop-light.png',
  'conversation-desktop-light.png',
  'conversation-phone-dark.png',
];
/** A README is read on slow networks, too. */
const MOST_BYTES = 300_000;

const looks: readonly Look[] = [
  ...([1440, 390, 320] as const).flatMap((width) =>
    (['light', 'dark'] as const).map((theme): Look => ({ width, theme, language: 'pt-BR' })),
  ),
  { width: 1440, theme: 'light', language: 'en' },
  { width: 1440, theme: 'light', language: 'es' },
  { width: 320, theme: 'light', language: 'es' },
];

const nameOf = ({ name }: Screen, { width, theme, language }: Look): string => {
  const place = width === 1440 ? 'desktop' : width === 390 ? 'phone' : String(width);
  return `${name}-${place}-${theme}${language === 'pt-BR' ? '' : `-${language}`}.png`;
};

const [given, part = ''] = process.argv.slice(2);
const folder = given ?? mkdtempSync(join(tmpdir(), 'recreio-pictures-'));
const wanted = (screen: Screen, look: Look): boolean =>
  given === undefined ? kept.includes(nameOf(screen, look)) : screen.name.includes(part);

mkdirSync(folder, { recursive: true });
mkdirSync(pictures, { recursive: true });
const [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
let isWhole = true;
try {
  await silenceAna(browser, school.url);
  // In the README a lesson has its teacher
  const company = given === undefined ? await visit(browser, `${school.url}/`) : undefined;
  if (company) {
    await enterAs(company.page, 'helena');
    await company.page.goto(`${school.url}/sala/${ROOMS.parabola.id}`);
    await company.page.locator('.wall').first().waitFor({ state: 'attached' });
  }
  for (const look of looks) {
    try {
      await walk(browser, {
        base: school.url,
        look,
        screens: screens.filter((screen) => wanted(screen, look)),
        // A page that nobody looks at marks nothing as read: what is unread stays so for the pictures after it
        prepare: () => Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' }),
        at: async (screen, page) => {
          // Who is here is told a moment after the rest, and to nobody who is offline
          await page
            .locator('.wall-unknown')
            .first()
            .waitFor({ state: 'detached', timeout: 3_000 })
            .catch(() => undefined);
          await page.screenshot({ path: join(folder, nameOf(screen, look)) });
          const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (tooWide > 0) process.stderr.write(`${nameOf(screen, look)}: ${tooWide} px too wide\n`);
        },
      });
    } catch (error) {
      isWhole = false;
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  for (const name of kept) {
    const path = join(folder, name);
    if (!statSync(path, { throwIfNoEntry: false })) continue;
    const { size } = statSync(path);
    if (size > MOST_BYTES) throw new Error(`${name} is ${size} bytes, and at most ${MOST_BYTES} are kept`);
    copyFileSync(path, join(pictures, name));
  }
} finally {
  await browser.close();
  await school.close();
}
process.stdout.write(`The pictures are in ${given ?? pictures}.\n`);
process.exitCode = isWhole ? 0 : 1;
