import { randomUUID } from 'node:crypto';
import {
  accounts,
  administer,
  type Command,
  type CommandName,
  COMMANDS,
  members,
  messages,
  rooms,
  streams,
} from '@recreio/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientId } from '../testing/accounts.ts';
import {
  greet,
  type Input,
  openDoors,
  type OpenDoors,
  type Outcome,
  outputOf,
  overHttp,
  overSocket,
  type Visitor,
} from '../testing/doors.ts';

let open: OpenDoors;
let helena: Visitor;
let ana: Visitor;
let bruno: Visitor;

beforeAll(async () => {
  open = await openDoors();
  helena = open.administrator;
  ana = await open.student('Ana');
  bruno = await open.student('Bruno');
});
afterAll(() => open.close());

const DOORS: Readonly<Record<string, (who: Visitor, command: Command, input: Input) => Promise<Outcome>>> = {
  HTTP: (who, command, input) => overHttp(open.base, who.token, command, input),
  'the socket': (who, command, input) => overSocket(who, command.name, input),
};

/** Prepares a scene: what is done here is not what is compared. */
const does = async (who: Visitor, command: Command, input: Input): Promise<Record<string, unknown>> =>
  outputOf(await overHttp(open.base, who.token, command, input));

/** A room of Helena's with Ana in it, made anew for each door; Bruno is not in it. */
const room = async (settings: Input = {}): Promise<string> => {
  const made = await does(helena, rooms.create, { clientId: clientId(), kind: 'topic', title: 'Frações', ...settings });
  const { id } = made['room'] as { id: string };
  // Into a closed room of no course a teacher brings no minor of other courses (docs/protocol.md R54)
  if (settings['access'] !== 'invite')
    await does(helena, members.add, { room: id, account: ana.account, clientId: clientId() });
  return id;
};

const said = async (who: Visitor, where: string, body = 'Oi'): Promise<string> =>
  String((await does(who, messages.send, { room: where, clientId: clientId(), body }))['id']);

interface Scene {
  readonly who: Visitor;
  readonly command: Command;
  readonly input: Input;
}

/** What is tried, and what must come of it: `done`, or a problem's code. Each door gets a scene of its own. */
const SCENES: readonly (readonly [string, string, () => Promise<Scene>])[] = [
  [
    'done',
    'a member sends',
    async () => ({ who: ana, command: messages.send, input: { room: await room(), clientId: clientId(), body: 'Oi' } }),
  ],
  [
    'done',
    'a send is repeated',
    async () => {
      const input = { room: await room(), clientId: clientId(), body: 'Oi' };
      await does(ana, messages.send, input);
      return { who: ana, command: messages.send, input };
    },
  ],
  [
    'idempotency-conflict',
    'a client id is used for something else',
    async () => {
      const input = { room: await room(), clientId: clientId(), body: 'Oi' };
      await does(ana, messages.send, input);
      return { who: ana, command: messages.send, input: { ...input, body: 'Tchau' } };
    },
  ],
  [
    'not-a-member',
    'an outsider writes in an open room',
    async () => ({
      who: bruno,
      command: messages.send,
      input: { room: await room({ access: 'open' }), clientId: clientId(), body: 'Oi' },
    }),
  ],
  [
    'not-found',
    'an outsider writes in a room by invitation',
    async () => ({
      who: bruno,
      command: messages.send,
      input: { room: await room({ access: 'invite' }), clientId: clientId(), body: 'Oi' },
    }),
  ],
  [
    'not-found',
    'somebody writes in a room that there is not',
    async () => ({ who: ana, command: messages.send, input: { room: clientId(), clientId: clientId(), body: 'Oi' } }),
  ],
  [
    'muted',
    'a silenced member writes',
    async () => {
      const where = await room();
      await does(helena, members.mute, { room: where, account: ana.account, reason: 'Barulho', clientId: clientId() });
      return { who: ana, command: messages.send, input: { room: where, clientId: clientId(), body: 'Oi' } };
    },
  ],
  [
    'malformed',
    'the body is missing',
    async () => ({ who: ana, command: messages.send, input: { room: await room(), clientId: clientId() } }),
  ],
  [
    'malformed',
    'there is a member that the command does not know',
    async () => ({
      who: ana,
      command: messages.send,
      input: { room: await room(), clientId: clientId(), body: 'Oi', colour: 'pen' },
    }),
  ],
  [
    'malformed',
    'an id is none',
    async () => ({ who: ana, command: messages.send, input: { room: 'a-room', clientId: clientId(), body: 'Oi' } }),
  ],
  [
    'bad-text',
    'there is nothing to read',
    async () => ({
      who: ana,
      command: messages.send,
      input: { room: await room(), clientId: clientId(), body: '\u200b \n' },
    }),
  ],
  [
    'too-large',
    'a message has too many bytes',
    async () => ({
      who: ana,
      command: messages.send,
      input: { room: await room(), clientId: clientId(), body: 'é'.repeat(9_000) },
    }),
  ],
  [
    'not-allowed',
    "a member edits another's message",
    async () => {
      const where = await room();
      return {
        who: ana,
        command: messages.edit,
        input: { room: where, message: await said(helena, where), clientId: clientId(), body: 'Outra coisa' },
      };
    },
  ],
  [
    'done',
    'an author removes a message',
    async () => {
      const where = await room();
      return {
        who: ana,
        command: messages.remove,
        input: { room: where, message: await said(ana, where), clientId: clientId() },
      };
    },
  ],
  [
    'done',
    'a member reacts twice',
    async () => {
      const where = await room();
      const input = { room: where, message: await said(helena, where), emoji: '👍' };
      await does(ana, messages.react, input);
      return { who: ana, command: messages.react, input };
    },
  ],
  [
    'not-allowed',
    'a member silences another',
    async () => ({
      who: ana,
      command: members.mute,
      input: { room: await room(), account: helena.account, reason: 'Não', clientId: clientId() },
    }),
  ],
  [
    'last-owner',
    'the last owner leaves',
    async () => ({ who: helena, command: members.leave, input: { room: await room() } }),
  ],
  [
    'done',
    'a page of history is read',
    async () => {
      const where = await room();
      await said(helena, where, 'Quanto é ½ + ⅓?');
      await said(ana, where, '⅚');
      return { who: ana, command: messages.page, input: { room: where, limit: 1 } };
    },
  ],
  [
    'done',
    'the log is read',
    async () => {
      const where = await room();
      await said(helena, where);
      return { who: ana, command: streams.read, input: { room: where, after: 1, limit: 10 } };
    },
  ],
  [
    'not-found',
    'an outsider reads the log',
    async () => ({ who: bruno, command: streams.read, input: { room: await room(), after: 0 } }),
  ],
  [
    'done',
    'a member says how far they have read',
    async () => {
      const where = await room();
      await said(helena, where);
      return { who: ana, command: messages.markRead, input: { room: where, seq: 3 } };
    },
  ],
  [
    'protected-minor',
    'an adult opens a conversation with a student of another course',
    async () => {
      await room();
      return { who: helena, command: rooms.openDirect, input: { account: ana.account } };
    },
  ],
  [
    'done',
    'two students of one room open their conversation',
    async () => {
      await does(helena, members.add, { room: await room(), account: bruno.account, clientId: clientId() });
      await does(bruno, rooms.openDirect, { account: ana.account });
      return { who: bruno, command: rooms.openDirect, input: { account: ana.account } };
    },
  ],
  ['not-allowed', 'a student lists everybody', async () => ({ who: ana, command: administer.list, input: {} })],
  [
    'already-taken',
    'an administrator invites somebody who is there',
    async () => {
      const email = `${randomUUID()}@escola.example`;
      const person = { name: 'Caio', email, role: 'student' };
      await does(helena, administer.invite, { clientId: clientId(), ...person });
      return { who: helena, command: administer.invite, input: { clientId: clientId(), ...person } };
    },
  ],
];

/** An outcome without what differs in any two scenes: ids by the order in which they appear, instants by there being one. */
const shapeOf = (outcome: Outcome): unknown => {
  const ids = new Map<string, string>();
  const text = JSON.stringify(outcome)
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, (id) => {
      ids.set(id, ids.get(id) ?? `<id ${ids.size + 1}>`);
      return ids.get(id) ?? '';
    })
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/gu, '<at>');
  return JSON.parse(text);
};

describe('the doors', () => {
  test.each(SCENES)('[R20] [R14] %s by every door: %s', async (expected, _, prepare) => {
    const outcomes = [];
    for (const door of Object.values(DOORS)) {
      const { who, command, input } = await prepare();
      outcomes.push(await door(who, command, input));
    }
    expect(outcomes.map((outcome) => ('refused' in outcome ? outcome.refused.code : 'done'))).toEqual([
      expected,
      expected,
    ]);
    const [first, ...others] = outcomes.map(shapeOf);
    for (const other of others) expect(other).toEqual(first);
  });

  test('[house] the scenes are of many commands, and most of them are refused', () => {
    expect(SCENES.length).toBeGreaterThan(20);
    expect(SCENES.filter(([expected]) => expected !== 'done').length).toBeGreaterThan(10);
  });

  const notOnSockets = (Object.keys(COMMANDS) as CommandName[]).filter((name) => !COMMANDS[name].socket);

  test.each([...notOnSockets, 'messages.shout', '__proto__', 'constructor'])(
    '[R5] %s cannot be sent over a socket',
    async (name) => {
      expect(await overSocket(ana, name, {})).toMatchObject({ refused: { code: 'not-found' } });
    },
  );

  test('[R18] nobody gets in without saying who they are, and both doors say the same', async () => {
    const outcome = await overHttp(open.base, null, accounts.me, {});
    const { socket, first } = await greet(open.base);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    expect(outcome).toMatchObject({ refused: { code: 'not-signed-in' } });
    expect(first).toEqual({ t: 'problem', problem: 'refused' in outcome ? outcome.refused : null });
    expect(await closed).toBe(4401);
  });
});
