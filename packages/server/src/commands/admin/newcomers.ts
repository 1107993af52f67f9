/** `recreio admin asks`, `admit` and `decline`: who asks to come into the school. */
import { type Configured, type Given, Refusal, type Verb } from '../command.ts';
import type { Opened } from '../house.ts';
import { done, email, EMBEDDED, inside, json, operated, optional, say, tell, text } from './inside.ts';

const asks: Verb = {
  name: 'admin asks',
  summary: 'List who asks to come into the school: since when, e-mail, name, what they say.',
  help: ['Nobody has shown that an address is theirs: what they say is what they say.', EMBEDDED],
  options: { json },
  run: (given, around) =>
    inside(around, async ({ world }) => {
      for (const ask of (await operated(world, 'joining.asks', {})).asks)
        tell(around, given, ask, [ask.at, ask.email, ask.name, ask.words]);
    }),
};

const asker = { ...email, help: 'The address that they gave.' };

const admit: Verb = {
  name: 'admin admit',
  summary: 'Make the account of somebody who asks, a student’s, and the link with which they choose a password.',
  help: ['Where the school sends mail the link goes to the address, too.', EMBEDDED],
  options: { email: asker, name: { type: 'string', placeholder: 'NAME', help: 'In the place of the name they gave.' } },
  run: (given, around) =>
    answer(given, around, async ({ world }, ask) => {
      const { link } = await operated(world, 'joining.admit', { ask, ...optional(given, 'name') });
      say(around, link);
    }),
};

const decline: Verb = {
  name: 'admin decline',
  summary: 'Decline somebody who asks; nobody is told, and the address is not heard again for a month.',
  help: [EMBEDDED],
  options: { email: asker },
  run: (given, around) =>
    answer(given, around, async ({ world }, ask) => {
      await operated(world, 'joining.decline', { ask });
      done(around);
    }),
};

/** All three. */
export const newcomerVerbs: readonly Verb[] = [asks, admit, decline];

const answer = (
  given: Given,
  around: Configured,
  work: (opened: Opened, ask: string) => Promise<void>,
): Promise<number> =>
  inside(around, async (opened) => {
    const wanted = text(given, 'email').toLowerCase();
    const { asks: open } = await operated(opened.world, 'joining.asks', {});
    const ask = open.find((one) => one.email.toLowerCase() === wanted);
    if (!ask) throw new Refusal(`Nobody with the address ${wanted} asks. \`recreio admin asks\` lists who does.`);
    await work(opened, ask.id);
  });
