import { ROOMS } from '@recreio/demo-school/rooms.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launch } from './chromium.ts';
import { openSchool, type School } from './school.ts';
import { settle } from './screens.ts';
import { enterAs, noComplaints, visit } from './visit.ts';

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

it('[ux] a room opens at the first unread message, however late the browser draws', async () => {
  const { page, context, complaints } = await visit(browser, school.url);
  // What nobody looks at is not read: it is unread at every visit
  await context.addInitScript(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    const frame = window.requestAnimationFrame.bind(window);
    // A browser that is late: what is asked for in one frame is answered before the next
    window.requestAnimationFrame = (callback) => frame(() => setTimeout(() => callback(performance.now()), 150));
  });
  await enterAs(page, 'helena');
  for (let visits = 0; visits < 4; visits += 1) {
    await page.goto('about:blank');
    await page.goto(`${school.url}/sala/${ROOMS.parabola.id}`);
    await settle(page);
    const divider = page.locator('.fresh');
    await divider.waitFor({ state: 'attached' });
    // It stays there while older messages may come in above
    await page.waitForFunction(() => document.querySelectorAll('.wall').length > 0);
    const box = await divider.boundingBox();
    const view = await page.locator('.scroll').boundingBox();
    expect(box !== null && view !== null && box.y >= view.y && box.y < view.y + view.height).toBe(true);
  }
  expect(complaints).toEqual(noComplaints);
  await context.close();
});
