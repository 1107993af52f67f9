/** The screens in a language that nobody speaks, two fifths longer than Portuguese, and then from right to left. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { walk } from './looking.ts';
import { speakPseudo } from './pseudo.ts';
import { cutIn, hardCodedIn, tooWideIn } from './reading.ts';
import { openSchool, type School } from './school.ts';
import { type Look, type Screen, screens } from './screens.ts';
import { noComplaints } from './visit.ts';

const named = (...names: readonly string[]): readonly Screen[] => screens.filter(({ name }) => names.includes(name));

/** Those with most of the product's own words where nothing need be pressed. */
const looked = named(
  'sign-in',
  'rooms',
  'directory',
  'conversation',
  'room-settings',
  'notifications',
  'account',
  'school',
);

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

const turn = (page: Page) => page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));

const walked = async (look: Look, seen: readonly Screen[], at: (screen: Screen, page: Page) => Promise<void>) => {
  const complaints = await walk(browser, { base: school.url, look, screens: seen, open: speakPseudo, at });
  for (const one of complaints) expect(one).toEqual(noComplaints);
};

it('[ux] all words of the screens come from the catalogs, and longer ones have room at 320 px, whichever way lines run', async () => {
  expect(looked).toHaveLength(8);
  const found: string[] = [];
  let tried = 0;
  await walked({ width: 320, theme: 'light', language: 'es' }, looked, async ({ name }, page) => {
    const note = (what: string, all: readonly string[]) => found.push(...all.map((one) => `${name}: ${what}: ${one}`));
    note('not in a catalog', await page.evaluate(hardCodedIn));
    note('cut', await page.evaluate(cutIn));
    note('too wide', await page.evaluate(tooWideIn));
    await turn(page);
    note('cut from right to left', await page.evaluate(cutIn));
    note('too wide from right to left', await page.evaluate(tooWideIn));
    if (name !== 'sign-in') return;
    // What is wrong is seen where something is
    await page.evaluate(() => {
      const wrong = document.createElement('p');
      wrong.textContent = 'Palavra nossa';
      const narrow = Object.assign(document.createElement('p'), { textContent: '⟦ááá⟧' });
      narrow.style.cssText = 'width: 1rem; overflow: hidden; white-space: nowrap';
      const wide = Object.assign(document.createElement('p'), { textContent: '⟦á⟧' });
      wide.style.cssText = 'width: 400px';
      document.body.append(wrong, narrow, wide);
    });
    expect((await page.evaluate(hardCodedIn)).join()).toContain('Palavra nossa');
    expect((await page.evaluate(cutIn)).join()).toContain('⟦ááá⟧');
    expect(await page.evaluate(tooWideIn)).toHaveLength(1);
    tried += 1;
  });
  expect(tried).toBe(1);
  expect(found).toEqual([]);
});

it('[ux] where lines run from right to left, so do the rooms, the talk and the people, and what points along the line', async () => {
  let tried = 0;
  await walked({ width: 1440, theme: 'light', language: 'es' }, named('conversation'), async (_screen, page) => {
    const order = () =>
      page.evaluate(() => {
        const middle = (selector: string): number => {
          const box = [...document.querySelectorAll(selector)]
            .find((one) => one.checkVisibility())
            ?.getBoundingClientRect();
          if (!box) throw new Error(`there is no ${selector}`);
          return box.left + box.width / 2;
        };
        const icon = document.querySelector('.icon--turns');
        return {
          columns: ['.side', '.main', '.panel'].map(middle),
          line: ['.msg .avatar', '.msg .msg-head b', '.msg .msg-head time'].map(middle),
          box: ['.composer textarea', '.composer-bar .btn--pen'].map(middle),
          points: icon && getComputedStyle(icon).scale,
        };
      });
    const before = await order();
    await turn(page);
    const after = await order();
    for (const part of ['columns', 'line', 'box'] as const) {
      expect(before[part], part).toEqual(before[part].toSorted((a, b) => a - b));
      expect(after[part], part).toEqual(after[part].toSorted((a, b) => b - a));
    }
    expect([before.points, after.points]).toEqual(['1', '-1 1']);
    // What somebody has said runs as its own letters do
    expect(await page.locator('.msg .slip').count()).toBeGreaterThan(3);
    expect(await page.locator('.msg .slip:not([dir="auto"])').count()).toBe(0);
    tried += 1;
  });
  expect(tried).toBe(1);
});
