/** Walks through the screens of the demo school in one look, with one browser window for each person. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chooseLanguage, isSeen, type Look, type Screen, settingsOf, settle } from './screens.ts';
import { type Complaints, type Entrance, enterAs, visit } from './visit.ts';

/** How a walk goes. */
export interface Walk {
  readonly base: string;
  readonly look: Look;
  readonly screens: readonly Screen[];
  /** Runs before anything of the page, in each document. */
  readonly prepare?: () => void;
  /** What is done to each window before it sees a screen. */
  readonly open?: (context: BrowserContext) => Promise<void>;
  /** What is done at each screen, once it has settled. */
  readonly at: (screen: Screen, page: Page) => Promise<void>;
}

const load = async (page: Page, address: string): Promise<void> => {
  await page.goto('about:blank'); // an address that differs only behind `#` would not be loaded again
  await page.goto(address);
};

/** As a link in the app leads there; loading all of it takes as long as looking at it. Resolves when the page before is gone. */
const goInside = async (page: Page, path: string): Promise<void> => {
  const headings = await page.locator('h1').elementHandles();
  await page.evaluate((to) => {
    history.pushState({ index: 0 }, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await page.waitForFunction(
    (before) => [...document.querySelectorAll('h1')].some((one) => one.checkVisibility() && !before.includes(one)),
    headings,
  );
};

/** Walks; resolves with what the pages complained of, and rejects at the end if a screen could not be reached. Other than in Portuguese only the screens are seen where nothing need be pressed. */
export async function walk(browser: Browser, { base, look, screens, prepare, open, at }: Walk): Promise<Complaints[]> {
  const all: Complaints[] = [];
  const failed: string[] = [];
  const seen = screens.filter((screen) => isSeen(screen, look) && (look.language === 'pt-BR' || !screen.act));
  for (const who of [null, 'ana', 'helena', 'marcelo'] as (Entrance | null)[]) {
    const theirs = seen.filter((screen) => screen.who === who);
    if (theirs.length === 0) continue;
    const { page, context, complaints } = await visit(browser, base, settingsOf(look));
    all.push(complaints);
    page.setDefaultTimeout(10_000);
    if (prepare) await context.addInitScript(prepare);
    await open?.(context);
    if (who !== null) await enterAs(page, who);
    await chooseLanguage(page, look);
    let isAsLoaded = false;
    for (const screen of theirs) {
      try {
        await (isAsLoaded && screen.path !== new URL(page.url()).pathname
          ? goInside(page, screen.path)
          : load(page, `${base}${screen.path}`));
        isAsLoaded = who !== null && screen.act === undefined;
        await settle(page);
        await screen.act?.(page);
        await settle(page);
        await at(screen, page);
        await screen.undo?.(page);
      } catch (cause) {
        isAsLoaded = false;
        failed.push(`${screen.name} at ${look.width} px, ${look.theme}, ${look.language}: ${String(cause)}`);
      } finally {
        await context.setOffline(false);
      }
    }
    await context.close();
  }
  if (failed.length > 0) throw new Error(failed.join('\n'));
  return all;
}
