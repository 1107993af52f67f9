/**
 * Notifications of conversations in which nothing calls any more, on devices without a page (docs/protocol.md R112). The push that
 * comes next takes them away; who has read something has the others told soon, without a sound. Of that nothing is kept: what fails
 * is left to the push that comes next.
 */
import type { SchoolPolicies } from '@recreio/protocol';
import type { World } from '../world.ts';
import type { CallingParts } from './calling.ts';
import { identityOf } from './push.ts';
import { isCalm } from './heard.ts';
import { callingOf, callingWords, noteOf } from './push-note.ts';
import type { Heard } from './heard-port.ts';
import type { ShownSpan } from './push-port.ts';
import { overWordsOf } from './push-words.ts';

/** A notification that a device shows, as it stands. */
interface Shown {
  readonly span: ShownSpan;
  readonly heard: readonly Heard[];
  /** What still calls: nothing where it was read, removed or hushed, or the person is no member now. */
  readonly calling: readonly Heard[];
}

/** So many are looked at for one device, the newest: more stand on no screen. */
const LOOKED_AT = 20;
/** Devices of one push service that are told side by side. */
const TOLD = 10;
/** Push services that are told side by side: browsers have four. */
const SERVICES = 8;

const standing = async (
  { memory }: Pick<World, 'memory'>,
  spans: readonly ShownSpan[],
  policies: SchoolPolicies,
  now: number,
): Promise<readonly Shown[]> => {
  const all = await memory.push.heard(spans);
  return spans.map((span, nth) => {
    const heard = all[nth] ?? [];
    return { span, heard, calling: callingOf(heard, policies, now, span) };
  });
};

/** What a device shows of which nothing calls any more. */
export const overOn = async (
  { memory }: Pick<World, 'memory'>,
  { device }: Pick<ShownSpan, 'device'>,
  policies: SchoolPolicies,
  now: number,
): Promise<readonly ShownSpan[]> => {
  const shown = await memory.push.shown({ device }, LOOKED_AT);
  return (await standing({ memory }, shown, policies, now)).flatMap(({ span, calling }) =>
    calling.length === 0 ? [span] : [],
  );
};

/** The devices of a node's people that are told what goes. */
export interface Telling {
  /**
   * These people have read something: their devices on which no page is open are told, without waiting for what comes of it. Answers
   * with those of whom a device has to wait: its push service is still being told for others.
   */
  begin(accounts: readonly string[]): Promise<readonly string[]>;
  /** Resolves when none is being told any more. */
  ended(): Promise<void>;
}

/**
 * Opens it; once `isOver`, no further one is told. Not in calm: a service worker of a release before makes a sound for whatever comes
 * (docs/decisions/0056). Who has no device costs nothing of their own. Browsers want something shown for each push: that is what still
 * calls, said again without a sound; where nothing does, the newest of what was read says so, and stays.
 */
export const tellInTurn = (parts: CallingParts, isOver: () => boolean): Telling => {
  const { world, trouble } = parts;
  /** The services that are being told: one that is slow holds up its own. */
  const underWay = new Map<string, Promise<void>>();

  // Each takes the next
  const tellOn = async (
    devices: Iterable<readonly ShownSpan[]>,
    policies: SchoolPolicies,
    asOf: number,
  ): Promise<void> => {
    for (const spans of devices) {
      if (isOver()) return;
      try {
        await tellDevice(parts, spans, policies, asOf);
      } catch (error) {
        trouble(error);
      }
    }
  };

  return {
    begin: async (accounts) => {
      const { policies } = await world.memory.school.read();
      if (policies.push === 'off') return [];
      // What is shown anew while a slow service is waited for is nothing that this knows of
      const asOf = parts.now();
      const shown = await world.memory.push.shown({ accounts }, LOOKED_AT);
      const left = new Set<string>();
      for (const [service, spans] of Map.groupBy(shown, (span) => span.service)) {
        if (underWay.has(service) || underWay.size === SERVICES) {
          for (const { account } of spans) left.add(account);
          continue;
        }
        const devices = Map.groupBy(spans, ({ device }) => device).values();
        const told = Array.from({ length: TOLD }, () => tellOn(devices, policies, asOf));
        underWay.set(
          service,
          Promise.all(told).then(() => void underWay.delete(service)),
        );
      }
      return [...left];
    },
    ended: async () => {
      await Promise.all(underWay.values());
    },
  };
};

const tellDevice = async (
  { world, isOpen, now: clock, counted }: CallingParts,
  shown: readonly ShownSpan[],
  policies: SchoolPolicies,
  asOf: number,
): Promise<void> => {
  const [first] = shown;
  // A page that is open does it by itself, and sooner
  if (!first?.subscription || policies.push === 'off' || isOpen(first.account, first.session)) return;
  const now = clock();
  const all = await standing(world, shown, policies, now);
  const over = all.filter(({ calling }) => calling.length === 0);
  if (over.every(({ span }) => span.isOver)) return;
  const waits = all.find(({ calling }) => calling.length > 0);
  const left = waits ? undefined : over.find(({ heard }) => heard.length > 0);
  const shows = waits ?? left;
  const said = (waits?.calling ?? left?.heard)?.at(-1);
  // Removed, or of a room that they are out of: there is nothing that could be said of it
  if (said === undefined || shows === undefined || isCalm(said, policies, now)) return;
  const words = waits ? await callingWords(world, waits.span, waits.calling, policies.push) : overWordsOf(said);
  const read = over.flatMap(({ span }) => (span === left?.span ? [] : [span]));
  const note = { ...(await noteOf(world, shows.span, said, words, read, asOf)), quiet: true as const };
  const handed = await world.push.hand(first.subscription, note, await identityOf(world), world.site.publicUrl);
  counted(handed.outcome === 'sent' ? 'taken-away' : handed.outcome);
  if (handed.outcome === 'gone') await world.memory.push.gone(first.device);
  if (handed.outcome === 'sent') await world.memory.push.tookAway(first.device, read, left?.span ?? null);
};
