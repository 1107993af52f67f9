/** drafts.put and drafts.mine: what a person has begun to write, on all their devices (docs/protocol.md R87). */
import { DRAFTS, type drafts as words, type InputOf, type OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { utf8Bytes } from '../text.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

/** Over the version that the device knows, or not at all: an old device does not write over newer words. Saying the same twice is once. */
export const put = async (
  world: World,
  { room, thread, body, replyTo, base }: InputOf<typeof words.put>,
  { alive }: Call,
): Promise<OutputOf<typeof words.put> | Denial<'not-found' | 'stale' | 'too-large' | 'too-many'>> => {
  const { account } = alive;
  if (body !== undefined && utf8Bytes(body) > world.limits.messageBytes) return deny('too-large');
  const done = await world.transact(async (memory) => {
    // Else two devices would both be the next version
    await memory.rooms.lock(`drafts ${account}`);
    const found = await memory.drafts.find(account, room, thread ?? null);
    if (!found) return deny('not-found');
    const answers = body === undefined ? undefined : replyTo;
    if (found.version > 0 && found.body === body && found.replyTo === answers) return { version: found.version };
    if (found.version !== base) return deny('stale');
    if (body === undefined && found.body === undefined) return { version: found.version };
    if (body !== undefined && found.body === undefined && found.count >= DRAFTS)
      return deny('too-many', { detail: `at most ${DRAFTS} drafts are kept` });
    return await memory.drafts.put(account, {
      room,
      ...(thread === undefined ? {} : { thread }),
      ...(body === undefined ? {} : { body }),
      ...(answers === undefined ? {} : { replyTo: answers }),
      version: base + 1,
    });
  });
  if ('draft' in done) {
    world.presence.draft(account, done.draft, done.revision);
    return { version: done.draft.version };
  }
  return done;
};

/** Those that are kept. */
export const mine = async (
  world: World,
  _: InputOf<typeof words.mine>,
  { alive }: Call,
): Promise<OutputOf<typeof words.mine>> => ({
  drafts: [...(await world.memory.drafts.changedAfter(alive.account, -1))],
});
