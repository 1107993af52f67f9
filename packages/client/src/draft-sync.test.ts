import { CLOSE, problem, type SyncedDraft, type WelcomeFrame } from '@recreio/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from './api.ts';
import { draftsOf } from './draft-sync.ts';
import { NoAnswerError, ProblemError } from './errors.ts';
import { memoryKeeping } from './keeping.ts';
import { settle } from './testing/clock.ts';
import { instantOf } from './testing/log.ts';
import { ANA, DAVI } from './testing/school.ts';
import { visit } from './testing/visit.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());
/** Longer than a device waits before it tells of what was written. */
const pass = async (ms = 4_000): Promise<void> => {
  await settle();
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
};

type Put = { room: string; body?: string; replyTo?: string; base: number };

/** The part of the server that keeps drafts, and as many devices of Ana's as are wanted. */
const desk = () => {
  const kept = new Map<string, SyncedDraft>();
  const puts: Put[] = [];
  const hear: ((draft: SyncedDraft) => void)[] = [];
  const control = { losesAnswer: false, refuses: false, isBusy: false, answersAt: Promise.resolve() };
  const put = ({ base, ...words }: Put): { version: number } => {
    puts.push({ base, ...words });
    if (control.isBusy) throw new ProblemError(problem('busy'));
    if (control.refuses) throw new ProblemError(problem('too-many'));
    const before = kept.get(words.room);
    if ((before?.version ?? 0) !== base) {
      if (before && before.body === words.body && before.replyTo === words.replyTo) return { version: before.version };
      throw new ProblemError(problem('stale'));
    }
    const draft: SyncedDraft = { ...words, version: base + 1, at: instantOf(1) };
    kept.set(words.room, draft);
    // Who hears no answer hears no frame: the line is cut
    if (!control.losesAnswer) for (const tell of hear) tell(draft);
    if (control.losesAnswer) throw new NoAnswerError('cut');
    return { version: draft.version };
  };
  const device = async (keeping = memoryKeeping()) => {
    const there = visit({ keeping });
    const { room } = there.school.room(1);
    const call = (async (name: string, input: Put) => {
      if (name === 'drafts.put') return put(input);
      if (name === 'drafts.mine') {
        const answer = { drafts: [...kept.values()] };
        await control.answersAt;
        return answer;
      }
      return there.client.call(name as 'rooms.mine', input as never);
    }) as Client['call'];
    const welcomed: ((frame: WelcomeFrame) => void)[] = [];
    const { events } = there.client;
    const on: typeof events.on = (name, listener) => {
      if (name === 'welcome') welcomed.push(listener as (frame: WelcomeFrame) => void);
      return events.on(name, listener);
    };
    const client: Client = { ...there.client, call, events: { ...events, on } };
    /** Somebody else is there from now on, without a word that the one before has gone. */
    const welcome = (id: string) => {
      for (const tell of welcomed) tell({ me: { id } } as WelcomeFrame);
    };
    hear.push((draft) => there.school.send({ t: 'draft', ...draft }));
    await there.enter();
    const sync = draftsOf(client);
    await pass();
    const box = { words: '', isBusy: false };
    const stand = () =>
      sync.hold(room, ({ body }, isAsking) => {
        if (isAsking && box.isBusy) return false;
        box.words = body;
        return true;
      });
    const write = (body: string): void => client.drafts.set(room, { body });
    const words = (): string | undefined => client.drafts.get(room)?.body;
    return { ...there, client, sync, room, box, stand, write, words, welcome, keeping };
  };
  return { kept, puts, control, device };
};

describe('drafts on two devices', () => {
  it('[R87] what is begun on one is on the other, and gone from both when it is cleared', async () => {
    const { device, puts } = desk();
    const [desktop, phone] = [await device(), await device()];
    phone.stand();
    desktop.write('Come');
    desktop.write('Começo');
    await pass();
    expect(puts).toHaveLength(1);
    expect([phone.words(), phone.box.words]).toEqual(['Começo', 'Começo']);
    phone.write('');
    await pass();
    expect([desktop.words(), phone.words()]).toEqual([undefined, undefined]);
  });

  it('[R87] words that are sent elsewhere leave a box in which somebody stands, once the server had them', async () => {
    const { device } = desk();
    const [desktop, phone] = [await device(), await device()];
    desktop.stand();
    desktop.box.isBusy = true;
    desktop.box.words = 'Sigo no celular';
    desktop.write('Sigo no celular');
    await pass();
    phone.write('');
    await pass();
    expect([desktop.words(), desktop.box.words]).toEqual([undefined, '']);
  });

  it('[R87] newer words wait while somebody writes, and nothing changes until one of the two is chosen', async () => {
    const { device, kept } = desk();
    const [desktop, phone] = [await device(), await device()];
    desktop.stand();
    desktop.write('meu');
    await pass();
    desktop.box.isBusy = true;
    phone.write('meu e mais');
    await pass();
    expect(desktop.words()).toBe('meu');
    expect(desktop.sync.getSnapshot().get(desktop.room)?.body).toBe('meu e mais');
    desktop.sync.decide(desktop.room, true);
    expect([desktop.words(), desktop.sync.getSnapshot().size]).toEqual(['meu e mais', 0]);
    phone.write('outro');
    await pass();
    desktop.sync.decide(desktop.room, false);
    await pass();
    expect(kept.get(desktop.room)).toMatchObject({ body: 'meu e mais', version: 4 });
    expect(phone.words()).toBe('meu e mais');
  });

  it('[R87] words written without the server are told when it is there; others than those there wait to be chosen', async () => {
    const { device, kept } = desk();
    const [desktop, phone] = [await device(), await device()];
    desktop.school.isReachable = false;
    desktop.school.cut(1006);
    desktop.write('no metrô');
    phone.write('na sala');
    await pass();
    desktop.school.isReachable = true;
    await desktop.clock.advance(60_000);
    await pass();
    expect(desktop.words()).toBe('no metrô');
    expect(desktop.sync.getSnapshot().get(desktop.room)?.body).toBe('na sala');
    expect(kept.get(phone.room)?.body).toBe('na sala');
    desktop.write('');
    desktop.sync.decide(desktop.room, true);
    expect(desktop.words()).toBe('na sala');
  });

  it('[R87] a lost answer is no second version, and a refusal is not asked again until there are other words', async () => {
    const { device, puts, kept, control } = desk();
    const desktop = await device();
    control.losesAnswer = true;
    desktop.write('uma vez');
    await pass(1_500);
    control.losesAnswer = false;
    await pass();
    expect(kept.get(desktop.room)?.version).toBe(1);
    control.refuses = true;
    desktop.write('de mais');
    await pass();
    const told = puts.length;
    await pass();
    expect(puts).toHaveLength(told);
    control.refuses = false;
    desktop.write('de mais, mas outro');
    await pass();
    expect(kept.get(desktop.room)?.body).toBe('de mais, mas outro');
  });

  it('[R87] one’s own words whose answer was lost do not come back into a box that has moved on, and are offered to nobody', async () => {
    const { device, kept, control } = desk();
    const [desktop, phone] = [await device(), await device()];
    desktop.stand();
    control.losesAnswer = true;
    desktop.write('Oi');
    await pass(1_500);
    desktop.school.isReachable = false;
    desktop.school.cut(1006);
    control.losesAnswer = false;
    desktop.write('');
    desktop.school.isReachable = true;
    await desktop.clock.advance(60_000);
    await pass();
    expect([desktop.words(), desktop.box.words]).toEqual([undefined, '']);
    expect(kept.get(desktop.room)?.body).toBeUndefined();
    expect(phone.words()).toBeUndefined();
    control.losesAnswer = true;
    desktop.write('Oi tur');
    await pass(1_500);
    control.losesAnswer = false;
    desktop.write('Oi turma, amanhã');
    await pass(8_000);
    expect(desktop.sync.getSnapshot().size).toBe(0);
    expect([desktop.words(), phone.words()]).toEqual(['Oi turma, amanhã', 'Oi turma, amanhã']);
  });

  it('[R87] what the server takes later is told later: that words are gone, too', async () => {
    const { device, kept, control } = desk();
    const desktop = await device();
    desktop.write('dito');
    await pass();
    control.isBusy = true;
    desktop.write('');
    await pass();
    expect(kept.get(desktop.room)?.body).toBe('dito');
    control.isBusy = false;
    await pass(10_000);
    expect(kept.get(desktop.room)?.body).toBeUndefined();
  });

  it('[R87] words that the server does not want are not replaced without a question', async () => {
    const { device, control } = desk();
    const [desktop, phone] = [await device(), await device()];
    control.refuses = true;
    desktop.write('de mais');
    await pass();
    control.refuses = false;
    phone.write('outro');
    await pass();
    expect(desktop.words()).toBe('de mais');
    expect(desktop.sync.getSnapshot().get(desktop.room)?.body).toBe('outro');
  });

  it('[R87] what the disk says late takes nothing from what the server has said meanwhile', async () => {
    const { device, kept } = desk();
    const before = await device();
    before.write('já enviado');
    await pass();
    await before.clock.advance(1_000);
    const late = {
      ...before.keeping,
      open: async (account: string) => {
        const read = await before.keeping.open(account);
        const was = { ...read, drafts: new Map(read.drafts) };
        await new Promise((resolve) => setTimeout(resolve, 30_000));
        return was;
      },
    };
    kept.set(before.room, { room: before.room, version: 2, at: instantOf(2) });
    const there = await device(late);
    await there.clock.advance(2_000);
    await pass();
    expect(there.client.connection.getSnapshot().name).toBe('ready');
    let hasRead = false;
    there.client.drafts.subscribe(() => (hasRead = true));
    await pass(40_000);
    expect([hasRead, there.words()]).toEqual([true, undefined]);
  });

  it('[R87] what comes for somebody who was here before is nobody’s draft', async () => {
    const { device, kept, control } = desk();
    const desktop = await device();
    kept.set(desktop.room, { room: desktop.room, body: 'da Ana', version: 1, at: instantOf(1) });
    let answer = (): void => undefined;
    control.answersAt = new Promise((resolve) => (answer = resolve));
    desktop.school.cut(1006);
    await desktop.clock.advance(1_000);
    await pass();
    expect(desktop.client.connection.getSnapshot().name).toBe('ready');
    desktop.school.cut(CLOSE.signedOut);
    await pass();
    answer();
    await pass();
    expect(desktop.words()).toBeUndefined();
  });

  it('[R87] nor does what waits for her stay for whoever is welcomed next', async () => {
    const { device } = desk();
    const [desktop, phone] = [await device(), await device()];
    desktop.stand();
    desktop.write('meu');
    await pass();
    desktop.box.isBusy = true;
    phone.write('meu e mais');
    await pass();
    expect(desktop.sync.getSnapshot().size).toBe(1);
    desktop.welcome(DAVI);
    expect(desktop.sync.getSnapshot().size).toBe(0);
  });

  it('[R87] that a draft was cleared outlives the page: what was sent does not come back', async () => {
    const { device, kept } = desk();
    const desktop = await device();
    desktop.write('já foi');
    await pass();
    desktop.school.isReachable = false;
    desktop.school.cut(1006);
    desktop.write('');
    await desktop.clock.advance(1_000);
    expect((await desktop.keeping.open(ANA)).drafts.get(desktop.room)).toEqual({ body: '', base: 1, isUntold: true });
    const again = await device(desktop.keeping);
    await pass();
    expect(again.words()).toBeUndefined();
    expect(kept.get(again.room)).toMatchObject({ version: 2 });
    expect(kept.get(again.room)?.body).toBeUndefined();
  });
});
