/** What axe-core has against a page, by day and by night. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { tooWide } from './visit.ts';

/** The page; in a state that only a dialog shows, that alone: what lies under it is a screen of its own. */
const WHERE = { page: 'document', dialog: 'document.querySelector("dialog[open]") ?? document' };

interface Found {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core has against a page, or against the dialog over it, a line for each element; by all of its rules, or by those named. */
export async function violationsOf(
  page: Page,
  rules?: readonly string[],
  where: keyof typeof WHERE = 'page',
): Promise<string[]> {
  // By the debugger's way in, so that the page's Content-Security-Policy stays as it is
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axe.source);
  const asked = {
    resultTypes: ['violations'],
    // Of WCAG 2.2, which it leaves out unless it is asked for
    ...(rules ? { runOnly: { type: 'rule', values: rules } } : { rules: { 'target-size': { enabled: true } } }),
  };
  const found = (await page.evaluate(`axe.run(${WHERE[where]}, ${JSON.stringify(asked)})`)) as { violations: Found[] };
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} — ${failureSummary?.replaceAll(/\s+/g, ' ')}`,
    ),
  );
}

/** The night has other colours and is otherwise the same page. */
export async function violationsByNight(page: Page, where: keyof typeof WHERE = 'page'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const found = await violationsOf(page, ['color-contrast'], where);
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** All that is wrong with a state that the walk through the demo school does not come to (screens.ts): by day, by night, and sideways. */
export async function flawsOf(page: Page): Promise<string[]> {
  // A page of a part that is fetched late is none before it is there
  await page.locator(':is(h1, dialog[open]):visible').first().waitFor();
  const byDay = await violationsOf(page, undefined, 'dialog');
  const byNight = (await violationsByNight(page, 'dialog')).map((one) => `by night: ${one}`);
  const px = await tooWide(page);
  return [...byDay, ...byNight, ...(px > 0 ? [`${px} px too wide`] : [])];
}
