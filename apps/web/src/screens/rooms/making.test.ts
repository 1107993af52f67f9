import { rooms } from '@recreio/protocol';
import type { Room } from '@recreio/protocol';
import { blankRoom, type RoomDraft } from '@recreio/ui';
import { describe, expect, it } from 'vitest';
import { changesOf, creationOf, draftOf, kindsFor, taughtBy } from './making.ts';

const course = '0198c1b0-7a3c-7000-8000-00000000000c';
const lesson = '0198c1b0-7a3c-7000-8000-00000000000d';

const room: Room = {
  id: '0198c1b0-7a3c-7000-8000-00000000000a',
  kind: 'topic',
  title: 'Clube de leitura',
  description: 'Torto arado',
  emoji: '📖',
  colour: 'tone-4',
  access: 'open',
  posting: 'members',
  past: 'all',
  course: null,
  lesson: null,
  members: 3,
  createdAt: '2026-10-14T17:00:00.000Z',
};

it('[R107] leads to each course that one is staff of and that runs, and to no other', () => {
  const maths = { id: course, title: 'Matemática', group: '9º B', staff: true, lessons: [] };
  expect(
    taughtBy([maths, { ...maths, id: 'taken', staff: false }, { ...maths, id: 'over', archived: true as const }]),
  ).toEqual([{ href: `/curso/${course}`, name: 'Matemática · 9º B' }]);
});

describe('making a room', () => {
  it.each([
    ['student', ['project', 'topic']],
    ['guardian', []],
    ['teacher', ['subject', 'lesson', 'project', 'topic']],
    ['administrator', ['subject', 'lesson', 'project', 'topic']],
  ] as const)('a %s may make %j', (role, kinds) => {
    expect(kindsFor(role)).toEqual(kinds);
  });

  it('who enters and who posts are two questions: announcements may be open or by invitation', () => {
    const announcements: RoomDraft = { ...blankRoom, title: 'Avisos', posting: 'moderators' };
    expect(creationOf(announcements)).toMatchObject({ access: 'open', posting: 'moderators' });
    expect(creationOf({ ...announcements, access: 'invite' })).toMatchObject({
      access: 'invite',
      posting: 'moderators',
    });
  });

  it('course and lesson go only with the kinds that have them', () => {
    const draft: RoomDraft = { ...blankRoom, title: 'Vértice', course, lesson };
    expect(creationOf({ ...draft, kind: 'lesson' })).toMatchObject({ course, lesson });
    expect(creationOf({ ...draft, kind: 'subject' })).not.toHaveProperty('lesson');
    expect(creationOf({ ...draft, kind: 'topic' })).not.toHaveProperty('course');
  });

  it('sends nothing that the command does not know', () => {
    const known = Object.keys(rooms.create.input.properties);
    expect(
      Object.keys(creationOf({ ...blankRoom, title: 'x', kind: 'lesson', course, lesson })).filter(
        (key) => !known.includes(key),
      ),
    ).toEqual([]);
  });
});

describe('changing a room', () => {
  it('what was not touched is not sent', () => {
    expect(changesOf(draftOf(room), draftOf(room))).toEqual({});
    expect(changesOf(draftOf(room), { ...draftOf(room), title: 'Clube' })).toEqual({ title: 'Clube' });
  });

  it('who enters changes without who posts', () => {
    expect(changesOf(draftOf(room), { ...draftOf(room), access: 'invite' })).toEqual({ access: 'invite' });
    expect(changesOf(draftOf(room), { ...draftOf(room), posting: 'moderators' })).toEqual({ posting: 'moderators' });
  });

  it('rules, category and language are changed like the rest; null takes them away', () => {
    const before = draftOf({ ...room, category: course, language: 'en' }, 'Sem respostas prontas');
    expect(changesOf(before, { ...before, rules: '', category: null, language: null })).toEqual({
      rules: '',
      category: null,
      language: null,
    });
  });

  it('an invited room where only moderators post stays one', () => {
    const closed: Room = { ...room, access: 'invite', posting: 'moderators' };
    expect(changesOf(draftOf(closed), { ...draftOf(closed), description: '' })).toEqual({ description: '' });
  });
});
