/** A school that mails what was missed, for tests: real SQL, a real mail server on this machine, and time that passes when it is told to. */
import { type DigestParts, gatherMissed, type Mail, mailMissed } from '@recreio/core';
import type { Person } from '@recreio/core/testing/world.ts';
import { openPostbox, type Postbox } from '../../../../tests/raw/postbox.ts';
import { smtpMail } from '../adapters/mail/smtp.ts';
import { countOf, openTellingSchool, type TellingSchool } from './telling.ts';
import type { Node } from './world.ts';

/** In ms. */
export const MINUTE = 60_000;
/** In ms. */
export const HOUR = 60 * MINUTE;

/** The school. */
export interface MailingSchool extends TellingSchool {
  readonly postbox: Postbox;
  readonly mail: Mail;
  /** One more of it. */
  readonly other: Node;
  /** Nobody is mailed any more, and from now on people are again, after a quarter of an hour; nothing of before is left. */
  anew(): Promise<void>;
  partsOf(of: Node, later: number, carrier?: Pick<Mail, 'hand'>): DigestParts;
  /** Everything that was written is looked through. */
  gather(of?: Node): Promise<void>;
  /** As if so much time had passed, in ms: whoever waits is looked at. */
  send(later: number, of?: Node, carrier?: Pick<Mail, 'hand'>): Promise<void>;
  lettersTo(who: Person): Postbox['letters'];
  /** How many conversations wait to be mailed to them. */
  waiting(who: Person): Promise<number>;
}

/** Opens it: one per test file, in `beforeAll`; `close` it in `afterAll`. */
export const openMailingSchool = async (): Promise<MailingSchool> => {
  const [telling, postbox] = await Promise.all([openTellingSchool(), openPostbox()]);
  const { house, node, troubles, outcomes, reports, decide } = telling;
  const from = 'Escola Aurora <recreio@escola.example>';
  const mail = smtpMail({ url: postbox.url, from, trouble: reports.trouble });
  const other = await house.node();
  const partsOf: MailingSchool['partsOf'] = ({ world }, later, carrier = mail) => ({
    world: { ...world, mail: carrier },
    now: () => Date.now() + later,
    ...reports,
  });

  return {
    ...telling,
    postbox,
    mail,
    other,
    partsOf,
    anew: async () => {
      await decide({ digest: 'off' });
      await decide({ digest: 'places', digestAfterMs: 15 * MINUTE });
      troubles.length = outcomes.length = 0;
    },
    gather: async (of = node) => {
      await gatherMissed(partsOf(of, 0), await of.world.memory.digest.behind(500));
    },
    send: async (later, of = node, carrier = mail) => {
      await house.pool.query('UPDATE digest_mail SET due_at = clock_timestamp() WHERE due_at IS NOT NULL');
      await mailMissed(partsOf(of, later, carrier), 50, () => false);
    },
    lettersTo: ({ id }) => postbox.letters.filter(({ to }) => to === `${id}@escola.example`),
    waiting: ({ id }) => countOf(house, 'SELECT count(*)::int AS count FROM digest_note WHERE account = $1', [id]),
    close: async () => {
      await mail.stop();
      await postbox.close();
      await telling.close();
    },
  };
};
