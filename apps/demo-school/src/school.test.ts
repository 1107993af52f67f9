import { DEFAULT_LIMITS, TEXT } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { COURSES } from './courses.ts';
import { DIRECTS } from './directs.ts';
import { askedInto, GROUPS } from './groups.ts';
import { ENTRANCES, PEOPLE, PERSON_KEYS, type PersonKey } from './people.ts';
import { addressed, type Conversation, privatePlan, peopleOf, roomPlan } from './plan.ts';
import { ROOMS } from './rooms.ts';
import type { Said } from './talk/said.ts';

const rooms = Object.entries(ROOMS).map(([key, room]) => ({ key, ...room, everyone: peopleOf(room) }));
const themed = rooms.map(({ key, talk, everyone }) => ({ key, talk, everyone }));
const directs = DIRECTS.map(({ people, talk }) => ({ key: people.join('–'), talk, everyone: [...people] }));
const groups = GROUPS.map(({ title, people, talk }) => ({ key: title, talk, everyone: [...people] }));
const conversations = [...themed, ...directs, ...groups];
const courses = Object.values(COURSES);
const bytes = (text: string) => new TextEncoder().encode(text).byteLength;
const minor = (person: PersonKey) => PEOPLE[person].minor;

/** The message that a key names, and its place. */
function find(said: readonly Said[], key: string): number {
  return said.findIndex((one) => one.key === key);
}

/** Problems of one conversation in words, so that a failure says where it is. */
function wrongs({ key: room, talk, everyone }: (typeof conversations)[number]): string[] {
  const wrong: string[] = [];
  const keys = talk.said.flatMap(({ key }) => key ?? []);
  if (new Set(keys).size !== keys.length) wrong.push(`${room}: a key is used twice`);
  for (const [index, one] of talk.said.entries()) {
    const where = `${room} ${index + 1}`;
    const reactions = one.reactions ?? [];
    const named = [
      one.from,
      ...addressed(one.text).mentions,
      ...addressed(one.edited ?? '').mentions,
      ...reactions.flatMap(([, people]) => people),
    ];
    for (const person of named) if (!everyone.includes(person)) wrong.push(`${where}: ${person} is not in the room`);
    if (one.replyTo !== undefined) {
      const at = find(talk.said, one.replyTo);
      if (at === -1 || at >= index) wrong.push(`${where}: replies to ${one.replyTo}, which does not come before it`);
    }
    if (one.inThread !== undefined) {
      const root = talk.said.slice(0, index).find(({ key }) => key === one.inThread);
      if (!root || root.inThread !== undefined) wrong.push(`${where}: ${one.inThread} carries no thread here`);
    }
    for (const text of [one.text, one.edited ?? one.text]) {
      if (bytes(addressed(text).body) > DEFAULT_LIMITS.messageBytes) wrong.push(`${where}: too long`);
      if (text.trim() !== text || text === '') wrong.push(`${where}: space at its ends, or nothing`);
    }
    if (one.edited === one.text) wrong.push(`${where}: the edit changes nothing`);
    if (one.removed !== undefined && reactions.length > 0) wrong.push(`${where}: reactions to a removed message`);
    for (const [emoji, people] of reactions) {
      if (emoji.length === 0 || emoji.length > TEXT.emoji) wrong.push(`${where}: ${emoji} is no emoji`);
      if (people.length === 0 || new Set(people).size !== people.length)
        wrong.push(`${where}: ${emoji} from nobody or twice`);
    }
  }
  return wrong;
}

describe('Escola Aurora', () => {
  test('has some forty-five people, with four to enter as', () => {
    expect(PERSON_KEYS).toHaveLength(45);
    expect(ENTRANCES.map((key) => PEOPLE[key].role)).toEqual(['student', 'teacher', 'moderator', 'administrator']);
    expect(PEOPLE.ana.minor).toBe(true);
  });

  test('[R1] gives every person, course, lesson, room and conversation an id of its own in canonical form, the same each time', () => {
    const ids = [
      ...Object.values(PEOPLE),
      ...courses,
      ...courses.flatMap(({ lessons }) => lessons),
      ...rooms,
      ...DIRECTS,
      ...GROUPS,
    ].map(({ id }) => id);
    const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(ids.filter((id) => !version4.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(PEOPLE.ana.id).toBe('dc4ebcaf-5514-425b-8aab-f55d7fd6d105');
  });

  test('[R6] keeps names, addresses and titles within the limits, in NFC', () => {
    const people = Object.values(PEOPLE);
    expect(people.filter(({ name }) => name.length > TEXT.name || name !== name.normalize('NFC'))).toEqual([]);
    expect(
      people.filter(({ email }) => email.length > TEXT.email || !/^[a-z.]+@escola-aurora\.example$/.test(email)),
    ).toEqual([]);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
    expect(
      rooms.filter(({ title }) => title === '' || title.length > TEXT.roomTitle || title !== title.normalize('NFC')),
    ).toEqual([]);
    expect(rooms.filter(({ description }) => description.length > TEXT.roomDescription)).toEqual([]);
    expect(rooms.filter(({ emoji }) => emoji === '' || emoji.length > TEXT.emoji)).toEqual([]);
  });

  test('counts lessons from 1, and ties each lesson room, and no other, to a lesson of its course', () => {
    for (const { lessons } of courses)
      expect(lessons.map(({ number }) => number)).toEqual(lessons.map((_, index) => index + 1));
    for (const room of rooms) {
      expect([room.key, room.lesson !== null]).toEqual([room.key, room.kind === 'lesson']);
      if (room.lesson === null) continue;
      const lessons = room.course === null ? [] : COURSES[room.course].lessons;
      expect(lessons.find(({ number }) => number === room.lesson)?.title).toBe(room.title);
    }
  });

  test('has students who are staff of no course, and enrols nobody twice', () => {
    for (const { staff, students } of courses) {
      const enrolled = [...staff, ...students];
      expect(new Set(enrolled).size).toBe(enrolled.length);
      expect(staff.filter((person) => PEOPLE[person].role === 'student')).toEqual([]);
      expect(students.filter((person) => PEOPLE[person].role !== 'student')).toEqual([]);
    }
  });

  test('[R54] gives each room an owner and each person in it one role', () => {
    for (const { key, people, everyone } of rooms) {
      expect([key, people.owner?.length]).toEqual([key, 1]);
      expect([key, new Set(everyone).size]).toEqual([key, everyone.length]);
    }
  });

  test('[R51] has only enrolled people in a room of a course, and lets only moderators post announcements', () => {
    for (const { key, course, people, posting, everyone, talk } of rooms) {
      const enrolled = course === null ? everyone : [...COURSES[course].staff, ...COURSES[course].students];
      expect([key, everyone.filter((person) => !enrolled.includes(person))]).toEqual([key, []]);
      if (posting === 'members') continue;
      const staff = [...(people.owner ?? []), ...(people.moderator ?? [])];
      expect(talk.said.filter(({ from }) => !staff.includes(from))).toEqual([]);
    }
    expect(rooms.some(({ posting }) => posting === 'moderators')).toBe(true);
  });

  test('[R52] lets two people talk in private only where they share a room, and a minor only with adults of their courses', () => {
    const share = (one: PersonKey, other: PersonKey) =>
      rooms.some(({ everyone }) => everyone.includes(one) && everyone.includes(other));
    const teaches = (adult: PersonKey, child: PersonKey) =>
      courses.some(({ staff, students }) => staff.includes(adult) && students.includes(child));
    for (const { people } of DIRECTS) {
      const [one, other] = people;
      expect([people, share(one, other)]).toEqual([people, true]);
      if (minor(one) === minor(other)) continue;
      expect([people, minor(one) ? teaches(other, one) : teaches(one, other)]).toEqual([people, true]);
    }
    expect(DIRECTS.some(({ people: [one, other] }) => minor(one) !== minor(other))).toBe(true);
    expect(new Set(DIRECTS.map(({ people }) => [...people].sort().join())).size).toBe(DIRECTS.length);
  });
});

describe('groups at Escola Aurora', () => {
  test('[R73] [R75] are of a few who share a room or work there, and mix no minors with adults who do not teach them', () => {
    const adult = ({ people }: (typeof GROUPS)[number]) => people.filter((person) => !minor(person));
    for (const group of GROUPS) {
      expect(group.people.length).toBeGreaterThanOrEqual(3);
      expect([group.title, adult(group).length === 0 || adult(group).length === group.people.length]).toEqual([
        group.title,
        true,
      ]);
    }
    expect(GROUPS.map(askedInto).map(({ length }) => length)).toEqual([2, 0]);
    expect(GROUPS.flatMap(({ people }) => people)).toEqual(expect.arrayContaining(['ana', 'helena']));
  });
});

describe('what is said at Escola Aurora', () => {
  test('is by, to and for people of the room, answers earlier messages and fits the limits', () => {
    expect(conversations.flatMap(wrongs)).toEqual([]);
  });

  test('is some three hundred messages: one lively room, one silent room, the others of 9 to 30', () => {
    const counts = new Map(themed.map(({ key, talk }) => [key, talk.said.length]));
    expect(counts.get('parabola')).toBeGreaterThanOrEqual(85);
    expect(counts.get('fair')).toBe(0);
    const others = [...counts].filter(([key]) => key !== 'parabola' && key !== 'fair');
    expect(others.filter(([, count]) => count < 9 || count > 30)).toEqual([]);
    expect(conversations.reduce((sum, { talk }) => sum + talk.said.length, 0)).toBeGreaterThan(300);
  });

  test('comes with edits, removals of both kinds, replies, a thread, mentions and reactions', () => {
    const said = conversations.flatMap(({ talk }) => talk.said);
    expect(said.filter(({ edited }) => edited !== undefined).length).toBeGreaterThanOrEqual(4);
    expect(new Set(said.flatMap(({ removed }) => removed ?? []))).toEqual(new Set(['author', 'moderator']));
    expect(said.filter(({ replyTo }) => replyTo !== undefined).length).toBeGreaterThan(40);
    expect(said.filter(({ inThread }) => inThread !== undefined).length).toBeGreaterThan(2);
    expect(said.filter(({ text }) => addressed(text).mentions.length > 0).length).toBeGreaterThan(25);
  });

  test('[R37] has nobody speak or react after what they have read', () => {
    const premature = conversations.flatMap(({ key, talk, everyone }) =>
      Object.entries(talk.readUpTo ?? {}).flatMap(([person, read]) => {
        const at = find(talk.said, read);
        if (at === -1 || !everyone.some((one) => one === person)) return `${key}: ${person} cannot have read ${read}`;
        const active = talk.said
          .slice(at + 1)
          .some(
            ({ from, reactions = [] }) =>
              from === person || reactions.some(([, people]) => people.some((one) => one === person)),
          );
        return active ? `${key}: ${person} acts after ${read}` : [];
      }),
    );
    expect(premature).toEqual([]);
  });

  test('[R50] leaves Ana Beatriz and Profa. Helena something to read', () => {
    const unread = (person: PersonKey) =>
      Object.fromEntries(
        conversations.flatMap(({ key, talk }) => {
          const read = talk.readUpTo?.[person];
          return read === undefined ? [] : [[key, talk.said.length - 1 - find(talk.said, read)]];
        }),
      );
    expect(unread('ana')).toEqual({ parabola: 6, roots: 1, maths: 2, garden: 4, forms: 2, 'ana–kaua': 1 });
    expect(unread('helena')).toEqual({ parabola: 2, maths: 4, staff: 3, 'ana–helena': 1, 'helena–caio': 1 });
  });

  test('links only to places reserved for examples', () => {
    const links = conversations.flatMap(({ talk }) =>
      talk.said.flatMap(({ text }) => text.match(/https?:\/\/[^\s)]+/g) ?? []),
    );
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((link) => new URL(link).hostname !== 'example.org')).toEqual([]);
  });
});

describe('the plan', () => {
  // School time is UTC−3: just before and after midnight, the middle of a school day, and a New Year
  const nows = ['2026-03-10T02:59:30Z', '2026-03-10T03:05:00Z', '2026-03-11T17:42:00Z', '2027-01-01T03:20:00Z'].map(
    (text) => new Date(text),
  );
  const plans = nows.map((now) => ({ now, all: [...roomPlan(now), ...privatePlan(now)] }));

  test.each(plans)(
    '[R26] goes forward in time from the making of the room, and ends before now ($now)',
    ({ now, all }) => {
      expect(all).toHaveLength(conversations.length);
      for (const { createdAt, steps } of all) {
        const times = [createdAt, ...steps.map(({ at }) => at), now].map((at) => at.getTime());
        expect(times.toSorted((one, other) => one - other)).toEqual(times);
        const sent = steps.filter((step) => step.do === 'send').map(({ at }) => at.getTime());
        expect(new Set(sent).size).toBe(sent.length);
      }
    },
  );

  test('keeps the order in which the messages are written down, whenever it is made', () => {
    const order = (all: readonly Conversation[]) =>
      all.map(({ steps }) => steps.flatMap((step) => (step.do === 'send' ? step.body : [])));
    const written = conversations.map(({ talk }) => talk.said.map(({ text }) => addressed(text).body));
    for (const { all } of plans) expect(order(all)).toEqual(written);
  });

  test('[R44] removes by the author, or by the first moderator of the room', () => {
    const removals = (plans[0]?.all ?? []).flatMap(({ steps }) =>
      steps.flatMap((step) => (step.do === 'remove' ? step.by : [])),
    );
    expect(removals).toEqual(['ryan', 'caio']);
  });

  test('writes a mention as the name of the person', () => {
    expect(addressed('@{ana}, veja com o @{caio} e com a @{ana}')).toEqual({
      body: '@Ana Beatriz Sant’Anna, veja com o @Caio Nakamura e com a @Ana Beatriz Sant’Anna',
      mentions: ['ana', 'caio'],
    });
    expect(() => addressed('@{ninguem}')).toThrow(RangeError);
  });

  test('names a read message of the room for everybody in it, and none where nothing was said', () => {
    for (const { people, steps, read } of plans[0]?.all ?? []) {
      const messages = steps.flatMap((step) => (step.do === 'send' ? step.message : []));
      expect(read.map(({ by }) => by)).toEqual(people);
      expect(
        read.filter(({ message }) => (message === null ? messages.length > 0 : !messages.includes(message))),
      ).toEqual([]);
    }
  });
});
