import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { walk } from './looking.ts';
import { openSchool, type School } from './school.ts';
import { type Look, screens, silenceAna } from './screens.ts';
import { noComplaints, visit } from './visit.ts';

interface Found {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core has against a page, a line for each element; by all of its rules, or by those named. */
async function violationsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  // By the debugger's way in, so that the page's Content-Security-Policy stays as it is
  await page.evaluate(axe.source);
  const asked = { resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}) };
  const found = (await page.evaluate(`axe.run(document, ${JSON.stringify(asked)})`)) as { violations: Found[] };
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} — ${failureSummary?.replaceAll(/\s+/g, ' ')}`,
    ),
  );
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
  { timeout: 300_000 },
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
        // The night has other colours and is otherwise the same page
        await page.emulateMedia({ colorScheme: 'dark' });
        found.push(...(await violationsOf(page, ['color-contrast'])).map((one) => `${name}, by night: ${one}`));
        await page.emulateMedia({ colorScheme: 'light' });
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (tooWide > 0) found.push(`${name}: ${tooWide} px too wide (WCAG 1.4.10)`);
      },
    });
    expect(seen).toBeGreaterThan(8);
    expect(found).toEqual([]);
    for (const one of complaints) expect(one).toEqual(noComplaints);
  },
);
