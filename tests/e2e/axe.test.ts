import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { walk } from './looking.ts';
import { tooWideIn } from './reading.ts';
import { openSchool, type School } from './school.ts';
import { type Look, screens, silenceAna } from './screens.ts';
import { violationsByNight, violationsOf } from './violations.ts';
import { noComplaints, visit } from './visit.ts';

/**
 * What a finger could miss: controls lower than 44 px with what reaches beyond their edge. Emojis are as many in a row as a phone has
 * place for. Runs in the page.
 */
function tooLow(): string[] {
  const controls = document.querySelectorAll<HTMLElement>('button, summary, select, .btn, .switch, a.room, .tabbar a');
  return [...controls]
    .filter((one) => one.checkVisibility() && !one.matches(':disabled, .emoji-row *'))
    .flatMap((one) => {
      const beyond = getComputedStyle(one, '::after');
      const reach = ['top', 'bottom'].map((side) => Number.parseFloat(beyond.getPropertyValue(side)));
      const extra = beyond.position === 'absolute' ? reach.filter((px) => px < 0).reduce((sum, px) => sum - px, 0) : 0;
      const { height } = one.getBoundingClientRect();
      return height === 0 || height + extra > 43.5
        ? []
        : [`${Math.round(height + extra)} px: ${one.outerHTML.slice(0, 160)}`];
    });
}

const looks: readonly Look[] = [
  { width: 1440, theme: 'light', language: 'en' },
  { width: 320, theme: 'light', language: 'pt-BR' },
];

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  await silenceAna(browser, school.url);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

it('[axe] finds what is wrong with a page, where something is', async () => {
  const { page, context } = await visit(browser, school.url);
  await page.getByText('Entrar com e-mail e senha').click();
  await page.getByRole('button', { name: 'Entrar', exact: true }).waitFor();
  await page.evaluate(() => document.querySelector('form label')?.remove());
  expect((await violationsOf(page)).join()).toMatch(/label/);
  await context.close();
});

it.each(looks)(
  '[axe] every screen at $width px, by day and by night, in $language: no violation',
  { timeout: 480_000 },
  async (look) => {
    const found: string[] = [];
    let seen = 0;
    const complaints = await walk(browser, {
      base: school.url,
      look,
      screens,
      at: async ({ name }, page) => {
        seen += 1;
        found.push(...(await violationsOf(page)).map((one) => `${name}: ${one}`));
        if (look.width < 760)
          found.push(...(await page.evaluate(tooLow)).map((one) => `${name}, under a finger: ${one}`));
        found.push(...(await violationsByNight(page)).map((one) => `${name}, by night: ${one}`));
        for (const wide of await page.evaluate(tooWideIn)) found.push(`${name}: too wide (WCAG 1.4.10): ${wide}`);
      },
    });
    expect(seen).toBeGreaterThan(8);
    expect(found).toEqual([]);
    for (const one of complaints) expect(one).toEqual(noComplaints);
  },
);
