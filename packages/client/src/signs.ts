/** My own reactions on their way: shown at once over what the room says, until the room says it too. Pure. */
import type { Message } from '@recreio/protocol';

/** A reaction that was given or taken back, and is not in the timeline yet. */
export interface Sign {
  readonly message: string;
  readonly emoji: string;
  readonly isOn: boolean;
  /** The seq from which on the timeline has it; null as long as there is no answer. */
  readonly seq: number | null;
}

/** The signs with one more; a later one about the same replaces it. */
export const sign = (signs: readonly Sign[], added: Sign): readonly Sign[] => [
  ...signs.filter(({ message, emoji }) => message !== added.message || emoji !== added.emoji),
  added,
];

/** Those that a timeline at this seq does not have yet. */
export const unsettled = (signs: readonly Sign[], at: number): readonly Sign[] =>
  signs.some(({ seq }) => seq !== null && seq <= at) ? signs.filter(({ seq }) => seq === null || seq > at) : signs;

/** The message as it will be when my signs are in. The same object when they change nothing. */
export const signed = (message: Message, signs: readonly Sign[], me: string): Message => {
  let { reactions } = message;
  for (const { emoji, isOn } of signs.filter((one) => one.message === message.id)) {
    const there = reactions.find((reaction) => reaction.emoji === emoji);
    if ((there?.accounts.includes(me) ?? false) === isOn) continue;
    if (there === undefined) reactions = [...reactions, { emoji, accounts: [me] }];
    else {
      const accounts = isOn ? [...there.accounts, me] : there.accounts.filter((account) => account !== me);
      reactions = reactions
        .map((reaction) => (reaction === there ? { emoji, accounts } : reaction))
        .filter((reaction) => reaction.accounts.length > 0);
    }
  }
  return reactions === message.reactions ? message : { ...message, reactions };
};
