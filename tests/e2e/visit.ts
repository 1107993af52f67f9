/** A person at a browser: a context of their own, watched for what a strict page must never do. */
import { PEOPLE } from '@recreio/demo-school/people.ts';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** What a page did that it must not do. */
export interface Complaints {
  /** Reports of the Content-Security-Policy. */
  readonly policy: string[];
  /** Requests and sockets to another origin. */
  readonly foreign: string[];
  /** Exceptions that nobody caught. */
  readonly thrown: string[];
  /** What the console called an error, besides requests that failed. */
  readonly errors: string[];
}

/** Somebody who looks at the school. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: Complaints;
}

/** None of anything: what each visit must end with. */
export const noComplaints: Complaints = { policy: [], foreign: [], thrown: [], errors: [] };

const isOwn = (origin: string, address: string): boolean =>
  /^(data|blob|about):/.test(address) || new URL(address).origin.replace(/^ws/, 'http') === origin;

/** Opens a browser window of its own at an address of the school. Motion is reduced: nothing is waited for that only moves. */
export async function visit(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    reducedMotion: 'reduce',
    // What is asked is asked of the server, where tests stand in between; pushed.test.ts looks at the worker
    serviceWorkers: 'block',
    ...options,
  });
  const { origin } = new URL(address);
  const complaints: Complaints = { policy: [], foreign: [], thrown: [], errors: [] };
  await context.exposeFunction('reportPolicy', (report: string) => complaints.policy.push(report));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`;
      const tell = Reflect.get(window, 'reportPolicy') as (report: string) => void;
      tell(report);
    });
  });
  context.on('request', (request) => {
    if (!isOwn(origin, request.url())) complaints.foreign.push(request.url());
  });
  const page = await context.newPage();
  page.on('websocket', (socket) => {
    if (!isOwn(origin, socket.url())) complaints.foreign.push(socket.url());
  });
  page.on('pageerror', (error) => complaints.thrown.push(error.stack ?? error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (/Content.Security.Policy/i.test(text)) complaints.policy.push(text);
    // A server that is away, or refuses, is told by the browser as an error; whether the page takes it well is for each test
    else if (message.type() === 'error' && !/^(Failed to load resource|WebSocket connection to)/.test(text))
      complaints.errors.push(text);
  });
  await page.goto(address);
  return { context, page, complaints };
}

/** By how many pixels the page is wider than what shows it (WCAG 1.4.10): 0 where nothing has to be scrolled sideways. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A narrow phone. */
export const narrow: BrowserContextOptions = { viewport: { width: 360, height: 740 } };

/** The people of the demo school that one can enter as: student, teacher, moderator, administrator. */
export type Entrance = 'ana' | 'helena' | 'rosangela' | 'marcelo';

/** Enters the demo school by one press, and waits until the list of rooms is there. */
export async function enterAs(page: Page, person: Entrance): Promise<void> {
  await page.getByRole('button', { name: PEOPLE[person].name }).click();
  await page.locator('.side .room[href^="/sala/"]').first().waitFor({ state: 'attached' });
}
