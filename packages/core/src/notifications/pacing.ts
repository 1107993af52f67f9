/** Which of what waits for a device calls it now, and what is told along (docs/decisions/0061-pace.md). Pure. */
import { PUSHES_A_DAY, type Pace, type SchoolPolicies } from '@recreio/protocol';
import { pacedUntil } from './heard.ts';
import type { Heard } from './heard-port.ts';
import { pushOf } from './push-note.ts';
import type { DueSpan } from './push-port.ts';

/** A conversation of which a device is to be told, if it were not for its pace. */
export interface Waiting {
  readonly span: DueSpan;
  /** In the order of the log; never empty. */
  readonly calling: readonly Heard[];
}

/** What comes of all that waits for one device. */
export interface Plan {
  /** These call it, each with a push of its own; `counts`: for its pace. */
  readonly ringing: readonly (Waiting & { readonly counts: boolean })[];
  /** These are told of with the last of those, or wait until the instant beside them, in ms. */
  readonly along: readonly (Waiting & { readonly until: number })[];
}

/** Whether its device was pushed with it: what has to be read is another thing from when that is asked for. */
const wasPushed = ({ sent }: DueSpan, { seq, at }: Heard): boolean =>
  sent !== null && seq <= sent.seq && Date.parse(at) <= sent.at;

/**
 * What is for one person comes before what is for many, and what has to be read, or is urgent, before all: the notice of this morning
 * not before the one of now.
 */
const rankOf = ({ span, calling }: Waiting): number =>
  Math.min(
    span.urgent === null ? 2 : 0,
    ...calling.map((one) => {
      if (one.call === 'notice') return wasPushed(span, one) ? 1 : 0;
      return one.call === 'direct' || one.call === 'mention' || one.call === 'reply' ? 1 : 2;
    }),
  );

/** The pace of a conversation. */
type OfTalk = Omit<Pace, 'wasPushed'>;

const paceOf = (span: DueSpan, one: Heard, pace: OfTalk): Pace => ({ ...pace, wasPushed: wasPushed(span, one) });

/** When its notification was pushed, where something of it still calls. */
const standingOf = ({ span: { sent }, calling }: Waiting): number | null =>
  sent !== null && calling.some(({ seq }) => seq <= sent.seq) ? sent.at : null;

/** Decides for one device. `now` in ms. */
export const planOf = (
  waiting: readonly Waiting[],
  policies: Pick<SchoolPolicies, 'quietHours'>,
  now: number,
): Plan => {
  const rang = [...(waiting[0]?.span.rang ?? [])];
  const ringing: Plan['ringing'][number][] = [];
  const along: Plan['along'][number][] = [];
  const may = ({ span, calling }: Waiting, pace: OfTalk) =>
    calling.some((one) => pushOf(one, policies, now, { span, pace: paceOf(span, one, pace) }) === 'now');
  for (const one of [...waiting].sort((a, b) => rankOf(a) - rankOf(b))) {
    const pace = { rang, standing: standingOf(one) };
    if (!may(one, pace)) {
      const untils = one.calling.map((heard) => pacedUntil(heard, paceOf(one.span, heard, pace), now));
      along.push({ ...one, until: Math.min(...untils) });
      continue;
    }
    // What would be called for however often the device was is none of its pace; what is urgent goes beyond it, and counts
    const counts =
      one.span.urgent !== null || !may(one, { rang: Array.from({ length: PUSHES_A_DAY }, () => now), standing: now });
    ringing.push({ ...one, counts });
    if (counts) rang.push(now);
  }
  return { ringing, along };
};
