/** Web Push from end to end: our server seals, a browser's keys open it, the service worker in Chromium shows it. */
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import { PEOPLE } from '@recreio/demo-school/people.ts';
import type { Browser, CDPSession, Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPushService, type PushService } from '../raw/push-service.ts';
import { launch } from './chromium.ts';
import { openSchool, type School } from './school.ts';
import { enterAs, noComplaints, visit, type Visitor } from './visit.ts';

// A room for each notification: two of one conversation are half a minute apart
const [lesson, roots, concavity] = [ROOMS.parabola.id, ROOMS.roots.id, ROOMS.concavity.id];

let browser: Browser;
let school: School;
let service: PushService;
let ana: Visitor;
let helena: Visitor;
let worker: Worker;
let cdp: CDPSession;
let registrationId: string;
let isClosed = false;
/** What Ana is mentioned in, in the first room. */
let answered: number;

interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A request of the page's person. */
const ask = (page: Page, method: string, path: string, input?: object): Promise<Answered> =>
  page.evaluate(
    async ([how, where, body]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(where, { method: how, ...(body === null ? {} : { headers, body }) });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    [method, path, input === undefined ? null : JSON.stringify(input)] as const,
  );

/** What the browser shows of ours. */
const shown = () =>
  worker.evaluate(async () => {
    const scope = self as unknown as { registration: ServiceWorkerRegistration };
    return (await scope.registration.getNotifications()).map(({ tag, title, body }) => ({ tag, title, body }));
  });

/** Presses the notification there is, or one of its buttons. */
const press = (action: string) =>
  worker.evaluate(async (button) => {
    const scope = self as unknown as { registration: ServiceWorkerRegistration };
    const [notification] = await scope.registration.getNotifications();
    const Press = Reflect.get(self, 'NotificationEvent') as new (name: string, init: object) => Event;
    // An event that a script has made is not waited for
    const event = Object.assign(new Press('notificationclick', { notification, action: button }), {
      waitUntil: () => undefined,
    });
    self.dispatchEvent(event);
  }, action);

/** Helena names Ana; her answer says where. */
const mention = async (room: string, body: string): Promise<number> => {
  const clientId = await helena.page.evaluate(() => {
    const time = Date.now().toString(16).padStart(12, '0');
    const rest = crypto.randomUUID().slice(15);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${rest}`;
  });
  const said = await ask(helena.page, 'POST', `/api/rooms/${room}/messages`, {
    clientId,
    body,
    mentions: [PEOPLE.ana.id],
  });
  expect(said.status).toBe(200);
  return Number(said.body['seq']);
};

beforeAll(async () => {
  service = await openPushService();
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo', env: { RECREIO_PUSH_LOCAL: '1' } })]);
  ana = await visit(browser, school.url, { serviceWorkers: 'allow' });
  await ana.context.grantPermissions(['notifications'], { origin: school.url });
  [helena] = await Promise.all([visit(browser, school.url), enterAs(ana.page, 'ana')]);
  await enterAs(helena.page, 'helena');
  worker = ana.context.serviceWorkers()[0] ?? (await ana.context.waitForEvent('serviceworker'));
  cdp = await ana.context.newCDPSession(ana.page);
  const registered = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(school.url));
      if (own) resolve(own.registrationId);
    });
  });
  await cdp.send('ServiceWorker.enable');
  registrationId = await registered;
});

afterAll(async () => {
  await browser?.close();
  if (!isClosed) await school?.close();
  await service?.close();
});

it('[R110] the switch says how it stands: not in this school, then to be asked for, and why the browser could not', async () => {
  const { page } = ana;
  await page.goto(`${school.url}/conta/notificacoes`);
  await page.getByText('A escola não usa avisos em aparelhos com o Recreio fechado.').waitFor();
  const marcelo = await visit(browser, school.url);
  await enterAs(marcelo.page, 'marcelo');
  await marcelo.page.goto(`${school.url}/escola`);
  await marcelo.page.getByRole('radio', { name: /Dizem em que sala.*Passam, cifrados/ }).check();
  // Whoever looks at night would wait until the morning
  await marcelo.page.getByRole('checkbox', { name: /Horas de silêncio/ }).uncheck();
  await marcelo.page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('button', { name: 'Avisar neste aparelho…' }).waitFor();
  await page.getByRole('button', { name: 'Avisar neste aparelho…' }).focus();
  await page.keyboard.press('Enter');
  // This browser has no push service behind it, as on a school's network that lets nothing out
  await page.getByRole('alert').filter({ hasText: 'O navegador não conseguiu um endereço' }).waitFor();
  expect(marcelo.complaints).toEqual(noComplaints);
  await marcelo.context.close();
});

it('[R111] [R112] what our server seals is shown by the worker, opens its message, and goes when it is read', async () => {
  const { page } = ana;
  const device = service.browser();
  expect((await ask(page, 'PUT', '/api/me/push', device.subscription)).status).toBe(200);
  // Nobody looks: a page that is seen needs no notification
  await page.goto('about:blank');
  const seqs = new Map<string, number>();
  for (const room of [lesson, roots, concavity]) seqs.set(room, await mention(room, 'quem vê isto?'));
  answered = seqs.get(lesson) ?? 0;
  const pushed = await service.until(device, seqs.size);
  const deliver = async (room: string): Promise<void> => {
    const note = pushed.find(({ note: { tag } }) => tag === `sala:${room}`)?.note;
    const data = JSON.stringify(note);
    await cdp.send('ServiceWorker.deliverPushMessage', { origin: school.url, registrationId, data });
  };
  const said = () => page.locator('article[data-message]').filter({ hasText: 'quem vê isto?' }).waitFor();

  await deliver(lesson);
  const one = [{ tag: `sala:${lesson}`, title: 'Vértice da parábola', body: 'Mencionaram você' }];
  await expect.poll(shown).toEqual(one);
  // Delivered twice it is one
  await deliver(lesson);
  await expect.poll(shown).toEqual(one);
  await page.goto(`${school.url}/salas`);
  await page.locator('.side .room').first().waitFor();
  await press('');
  await page.waitForURL(`${school.url}/sala/${lesson}?m=${seqs.get(lesson)}`);
  await said();
  await expect.poll(shown).toEqual([]);

  // Read by the button of the notification: no page is opened, and the marker has moved
  await page.goto('about:blank');
  await deliver(roots);
  await expect.poll(shown).toHaveLength(1);
  await press('read');
  await expect.poll(shown).toEqual([]);
  expect(page.url()).toBe('about:blank');

  // Read on a page of this device: it is taken away
  await deliver(concavity);
  await expect.poll(shown).toHaveLength(1);
  await page.goto(`${school.url}/sala/${concavity}`);
  await said();
  await expect.poll(shown).toEqual([]);
  await expect
    .poll(async () => (await ask(page, 'GET', `/api/rooms/${roots}`)).body['mine'])
    .toMatchObject({ readSeq: seqs.get(roots) });
});

it('[R111] the button to answer opens the box that answers; who signs out leaves no notification behind', async () => {
  const { page } = ana;
  const note = {
    v: 1,
    tag: `sala:${lesson}`,
    title: 'Vértice da parábola',
    body: 'Mencionaram você',
    language: 'pt-BR',
    room: lesson,
    seq: answered,
    at: new Date().toISOString(),
    read: [],
    calls: 1,
  };
  const deliver = () =>
    cdp.send('ServiceWorker.deliverPushMessage', { origin: school.url, registrationId, data: JSON.stringify(note) });
  await page.goto('about:blank');
  await deliver();
  await expect.poll(shown).toHaveLength(1);
  await page.goto(`${school.url}/salas`);
  await page.locator('.side .room').first().waitFor();
  await press('reply');
  await page.waitForURL(`${school.url}/sala/${lesson}?m=${answered}&responder`);
  await page.getByText('Respondendo a').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('escrever');

  // With the answer of the server the browser forgets the worker, and could take nothing away any more
  await page.goto('about:blank');
  await deliver();
  await expect.poll(shown).toHaveLength(1);
  await page.route('**/api/sessions/current', (route) => route.abort());
  await page.goto(`${school.url}/conta`);
  await page.getByRole('button', { name: /Ana Beatriz/ }).click();
  await page.getByRole('menuitem', { name: 'Sair' }).click();
  await expect.poll(shown).toEqual([]);
  await page.unroute('**/api/sessions/current');
});

it('[S16] without a network the app opens and says so; what it keeps for that is files of the app alone', async () => {
  const { page } = ana;
  const kept = await worker.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => await (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain('/');
  expect(kept.length).toBeGreaterThan(5);
  expect(kept.filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([]);
  await school.close();
  isClosed = true;
  await page.goto(`${school.url}/salas`);
  await page.getByRole('heading', { name: 'A escola não respondeu' }).waitFor();
  expect({ ...ana.complaints, errors: [] }).toEqual(noComplaints);
});
