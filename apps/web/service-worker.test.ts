import { createContext, runInContext, Script } from 'node:vm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workerScript } from './service-worker.ts';

let script: string;
beforeAll(async () => {
  script = await workerScript();
});

it('[S16] the service worker is one classic script without types, comments or imports', () => {
  expect(() => new Script(script)).not.toThrow();
  expect(script).toContain('addEventListener("push"');
  expect(script).not.toMatch(/^\s*(?:\/\/|\*)|\bimport\b|\bexport\b/mu);
  expect(script.length).toBeLessThan(12_000);
});

interface Shown {
  readonly title: string;
  readonly tag: string;
  readonly body: string;
  readonly silent?: boolean;
  readonly data: unknown;
  close(): void;
}
const APPLE = 'https://web.push.apple.com/QOuf';
const MOZILLA = 'https://updates.push.services.mozilla.com/wpush/v2/gAAA';

describe('what is pushed', () => {
  /** Everything that was ever shown, and what is there now. */
  let calls: string[];
  let shown: Shown[];
  let endpoint: string;
  let visibility: string[];
  let opened: string[];
  let badge: number | undefined;
  let hear: Map<string, (event: object) => void>;
  /** The worker begins anew, as after each rest. */
  let wake: () => void;

  /** A browser's worker, with our script in it. */
  beforeEach(() => {
    [calls, shown, visibility, opened, badge, hear] = [[], [], [], [], undefined, new Map()];
    endpoint = MOZILLA;
    const registration = {
      pushManager: { getSubscription: () => Promise.resolve({ endpoint }) },
      getNotifications: ({ tag }: { tag?: string } = {}) =>
        Promise.resolve(shown.filter((one) => tag === undefined || one.tag === tag)),
      showNotification: (title: string, options: Omit<Shown, 'title' | 'close'>) => {
        calls.push(options.tag);
        const one: Shown = { ...options, title, close: () => (shown = shown.filter((other) => other !== one)) };
        shown = [...shown.filter(({ tag }) => tag !== options.tag), one];
        return Promise.resolve();
      },
    };
    const self = {
      registration,
      location: { origin: 'https://escola.example' },
      navigator: { setAppBadge: (count: number) => Promise.resolve((badge = count)) },
      clients: {
        matchAll: () =>
          Promise.resolve(visibility.map((visibilityState) => ({ visibilityState, postMessage: () => undefined }))),
        openWindow: (href: string) => Promise.resolve(opened.push(href)),
      },
      addEventListener: (name: string, listener: (event: object) => void) => hear.set(name, listener),
    };
    wake = () => void runInContext(script, createContext({ self, Date }));
    wake();
  });

  /** Lets the worker have an event, and waits for as long as it asks to live. */
  const happen = async (name: string, event: object): Promise<void> => {
    const work: Promise<unknown>[] = [];
    hear.get(name)?.({ ...event, waitUntil: (one: Promise<unknown>) => work.push(one) });
    expect(work).toHaveLength(1);
    await Promise.all(work);
  };
  const push = (more: object = {}) => {
    const note = {
      v: 1,
      tag: 'sala:a',
      title: 'Frações',
      body: 'Mencionaram você',
      language: 'pt-BR',
      room: 'a',
      seq: 7,
      at: '2026-11-23T15:00:00.000Z',
      read: [],
      calls: 2,
      ...more,
    };
    return happen('push', { data: { json: () => note } });
  };
  /** What was decided at this minute after three. */
  const decided = (minute: number, more: object = {}) =>
    push({ asOf: `2026-11-23T15:${String(minute).padStart(2, '0')}:00.000Z`, ...more });
  const there = () => shown.map(({ tag, body, silent = false }) => `${tag} ${body}${silent ? ' (quiet)' : ''}`);

  it('[R112] is one notification for a conversation, with a sound, and the number of the app beside it', async () => {
    await push();
    await push({ body: '2 mensagens novas', calls: 3 });
    expect(there()).toEqual(['sala:a 2 mensagens novas']);
    expect(badge).toBe(3);
  });

  it('[R112] is not shown beside a page that is seen; by Apple’s rule it is, without a sound', async () => {
    visibility = ['hidden', 'visible'];
    await push();
    expect(calls).toEqual([]);
    endpoint = APPLE;
    await push();
    expect(there()).toEqual(['sala:a Mencionaram você (quiet)']);
  });

  it('[R120] what is urgent is shown beside a page that is seen, which may be of another room, and goes without a word', async () => {
    visibility = ['visible'];
    await push({ tag: 'sala:a!7', urgent: true });
    expect(there()).toEqual(['sala:a!7 Mencionaram você']);
    await push({ tag: 'sala:a!7', urgent: true, quiet: true, body: 'Nada de novo aqui' });
    expect(calls).toEqual(['sala:a!7']);
    await push({ read: ['sala:a!7'] });
    expect(there()).toEqual([]);
  });

  it('[R112] takes away what was read elsewhere, and says again without a sound what waits', async () => {
    await push();
    await push({ tag: 'sala:b', room: 'b' });
    await push({ tag: 'sala:b', room: 'b', read: ['sala:a'], quiet: true, calls: 1 });
    expect(there()).toEqual(['sala:b Mencionaram você (quiet)']);
    expect(badge).toBe(1);
    await push({ tag: 'sala:b', room: 'b', body: 'Lida em outro aparelho', quiet: true, calls: 0 });
    expect(there()).toEqual(['sala:b Lida em outro aparelho (quiet)']);
    expect(badge).toBe(0);
  });

  it('[R112] does not bring back what was put away here because something was read elsewhere', async () => {
    await push({ quiet: true });
    expect(calls).toEqual([]);
    endpoint = APPLE;
    await push({ quiet: true });
    expect([calls, shown]).toEqual([['sala:a'], []]);
  });

  describe('[R112] a push that takes away and comes late', () => {
    const OVER = { quiet: true, body: 'Nada de novo aqui', calls: 0 };

    it('leaves what was shown since, by its tag and by another’s, and the number', async () => {
      await decided(0);
      // On the laptop it was read at one past three; at five past there was another
      await decided(5, { body: '1 mensagem nova', seq: 9, calls: 3 });
      wake();
      await decided(1, OVER);
      expect(there()).toEqual(['sala:a 1 mensagem nova (quiet)']);
      expect(badge).toBe(3);
      expect(shown[0]).toMatchObject({ title: 'Frações', lang: 'pt-BR', data: { room: 'a', seq: 9 } });
      await decided(4, { tag: 'sala:b', room: 'b', calls: 2 });
      await decided(2, { tag: 'sala:b', room: 'b', read: ['sala:a'], quiet: true, calls: 1 });
      expect(there().sort()).toEqual(['sala:a 1 mensagem nova (quiet)', 'sala:b Mencionaram você (quiet)']);
      expect(badge).toBe(3);
      // In time it does what it says, also of what it has shown once more
      await decided(6, { tag: 'sala:b', room: 'b', read: ['sala:a'], quiet: true, calls: 1 });
      expect(there()).toEqual(['sala:b Mencionaram você (quiet)']);
      expect(badge).toBe(1);
    });

    it('also where both come together, to a phone that wakes', async () => {
      await decided(0);
      await Promise.all([decided(5, { body: '1 mensagem nova' }), decided(1, OVER)]);
      expect(there()).toEqual(['sala:a 1 mensagem nova (quiet)']);
      await Promise.all([decided(7, OVER), decided(8, { body: '2 mensagens novas' })]);
      expect([there(), badge]).toEqual([['sala:a 2 mensagens novas'], 2]);
    });

    it('and neither the number where what was shown since was put away', async () => {
      await decided(5, { calls: 3 });
      shown = [];
      await decided(1, OVER);
      expect([shown, badge]).toEqual([[], 3]);
    });

    it('where it was said before, and was decided after: as what calm has kept', async () => {
      await decided(5, { at: '2026-11-23T12:00:00.000Z' });
      await decided(4, OVER);
      expect(there()).toEqual(['sala:a Mencionaram você (quiet)']);
    });

    it('beside what a worker of the release before has shown goes by when that was said', async () => {
      await push({ at: '2026-11-23T15:05:00.000Z' });
      await decided(4, OVER);
      expect(there()).toEqual(['sala:a Mencionaram você (quiet)']);
      await decided(6, OVER);
      expect(there()).toEqual(['sala:a Nada de novo aqui (quiet)']);
    });

    it('from a server that does not say when does what it says', async () => {
      await decided(5, { calls: 3 });
      await push(OVER);
      expect([there(), badge]).toEqual([['sala:a Nada de novo aqui (quiet)'], 0]);
    });
  });

  it('[R112] one push that cannot be shown holds up none after it', async () => {
    const event = { data: { json: () => ({ v: 1, tag: 'sala:a', room: 'a', read: null }) } };
    await expect(happen('push', event)).rejects.toThrow('not iterable');
    await push();
    expect(there()).toEqual(['sala:a Mencionaram você']);
  });

  it('[R111] leads to the message, or to a box that answers it', async () => {
    for (const action of ['', 'reply']) {
      await push();
      await happen('notificationclick', { notification: shown[0], action });
    }
    await push({ tag: 'fio:t', thread: 't' });
    await happen('notificationclick', { notification: shown[0], action: 'reply' });
    expect(opened).toEqual(['/sala/a?m=7', '/sala/a?m=7&responder', '/sala/a/fio/t']);
    expect(shown).toEqual([]);
  });

  it('[R111] is shown as well as can be where it is of a form of another release', async () => {
    await push({ v: 2 });
    expect(there()).toEqual(['recreio Há algo novo']);
  });
});
