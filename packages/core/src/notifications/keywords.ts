/** notifications.keywords and setKeywords: the words that call a person, which nobody else hears of. */
import { distinctKeywords, faultOfKeyword, type InputOf, type notifications, type OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { cleanLine } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { World } from '../world.ts';

/** As the caller wrote them. */
export const list = async (
  world: World,
  _input: InputOf<typeof notifications.keywords>,
  { alive }: Call,
): Promise<OutputOf<typeof notifications.keywords>> => ({
  words: [...(await world.memory.notifications.keywords(alive.account))],
});

const WHY = {
  begins: 'a word that calls begins with a letter or a number',
  short: 'a word that calls has two letters at least',
} as const;

/** All of them, in the place of those before; what is sent from the answer on is heard by them. The person's other devices are told that there are others. */
export const set = async (
  world: World,
  { words }: InputOf<typeof notifications.setKeywords>,
  { alive }: Call,
): Promise<OutputOf<typeof notifications.setKeywords> | Denial<'bad-text'>> => {
  const clean: string[] = [];
  for (const word of words) {
    const line = cleanLine(word);
    if (isDenial(line)) return line;
    const fault = faultOfKeyword(line);
    if (fault !== null) return deny('bad-text', { detail: WHY[fault] });
    clean.push(line);
  }
  const kept = distinctKeywords(clean);
  const areOthers = await world.transact((memory) => memory.notifications.setKeywords(alive.account, kept));
  if (areOthers) world.presence.me(alive.account);
  return { words: kept };
};
