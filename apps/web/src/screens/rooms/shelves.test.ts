import type { Course, DirectoryEntry } from '@recreio/protocol';
import { speak } from '@recreio/ui';
import { describe, expect, it } from 'vitest';
import { shelvesOf } from './shelves.ts';

const maths: Course = {
  id: 'c1',
  title: 'Matemática',
  group: '9º B',
  staff: false,
  lessons: [{ id: 'l7', course: 'c1', title: 'Vértice da parábola', number: 7 }],
};

const entry = (id: string, room: Partial<DirectoryEntry['room']>, joined = false): DirectoryEntry => ({
  joined,
  courseTitle: room.course ? 'Matemática' : null,
  lastMessageAt: null,
  room: {
    id,
    kind: 'topic',
    title: id,
    description: '',
    emoji: '',
    colour: 'pen',
    access: 'open',
    posting: 'members',
    past: 'all',
    course: null,
    lesson: null,
    members: 2,
    createdAt: '2026-10-14T17:00:00.000Z',
    ...room,
  },
});

describe('the shelves of the directory', () => {
  it('every room stands on one shelf, in the order of the server', async () => {
    const i18n = await speak('pt-BR');
    const entries = [
      entry('aula', { kind: 'lesson', course: 'c1', lesson: 'l7' }),
      entry('clube', {}),
      entry('grêmio', { access: 'invite' }, true),
      entry('matéria', { kind: 'subject', course: 'c1' }),
    ];
    const shelves = shelvesOf(i18n, entries, [maths], () => false);
    expect(shelves.map(({ rooms }) => rooms.map(({ id }) => id))).toEqual([['aula', 'matéria'], ['clube'], ['grêmio']]);
    expect(shelves[0]?.note).toBe('9º B');
  });

  it('a lesson’s leaf has its number, and a room joined since is one to open', async () => {
    const i18n = await speak('pt-BR');
    const lesson = entry('aula', { kind: 'lesson', course: 'c1', lesson: 'l7', posting: 'moderators' });
    const [card] = shelvesOf(i18n, [lesson], [maths], (room) => room === 'aula')[0]?.rooms ?? [];
    expect(card).toMatchObject({
      course: 'Matemática 9º B',
      joined: true,
      leaf: { lessonNumber: 7, announcement: true, inviteOnly: false },
    });
  });
});
