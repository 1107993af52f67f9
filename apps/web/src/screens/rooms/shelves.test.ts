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

const biology: Course = { ...maths, id: 'c0', title: 'Biologia', lessons: [] };
const now = Date.parse('2026-10-14T17:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

const entry = (
  id: string,
  room: Partial<DirectoryEntry['room']>,
  joined = false,
  lastMessageAt: string | null = null,
): DirectoryEntry => ({
  joined,
  courseTitle: room.course ? 'Matemática' : null,
  lastMessageAt,
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

const clubs = { id: 'k1', name: 'Clubes', emoji: '🎭' };
const shelvesFrom = async (
  entries: DirectoryEntry[],
  isIn: (room: string) => boolean = () => false,
  recent: DirectoryEntry[] = [],
) => shelvesOf(await speak('pt-BR'), { entries, recent, courses: [biology, maths], categories: [clubs], isIn, now });
const idsOf = (shelves: Awaited<ReturnType<typeof shelvesFrom>>) =>
  Object.fromEntries(shelves.map(({ id, rooms }) => [id, rooms.map((room) => room.id)]));

describe('the shelves of the directory', () => {
  it('what one is not in comes first, and every room stands on one shelf', async () => {
    const shelves = await shelvesFrom([
      entry('aula', { kind: 'lesson', course: 'c1', lesson: 'l7' }),
      entry('clube', {}),
      entry('grêmio', { access: 'invite' }, true),
      entry('matéria', { kind: 'subject', course: 'c1' }, true),
    ]);
    expect(shelves.filter(({ rooms }) => rooms.length > 0).map(({ id }) => id)).toEqual(['course:c1', 'open', 'mine']);
    expect(idsOf(shelves)).toMatchObject({ 'course:c1': ['aula'], open: ['clube'], mine: ['matéria', 'grêmio'] });
    expect(shelves.find(({ id }) => id === 'course:c1')?.title).toBe('Matemática · 9º B');
  });

  it('rooms of courses are in the order of the courses, lessons from the newest down', async () => {
    const two: Course = {
      ...maths,
      lessons: [6, 7].map((number) => ({ id: `l${number}`, course: 'c1', title: `Aula ${number}`, number })),
    };
    const entries = [
      entry('clube', {}, true),
      entry('geral', { kind: 'subject', course: 'c1' }, true),
      entry('seis', { kind: 'lesson', course: 'c1', lesson: 'l6' }, true),
      entry('sete', { kind: 'lesson', course: 'c1', lesson: 'l7' }, true),
      entry('horta', { kind: 'project', course: 'c0' }, true),
    ];
    const shelves = shelvesOf(await speak('pt-BR'), {
      entries,
      recent: [],
      courses: [biology, two],
      categories: [],
      isIn: () => false,
      now,
    });
    expect(idsOf(shelves)['mine']).toEqual(['horta', 'sete', 'seis', 'geral', 'clube']);
  });

  it('where somebody spoke within a quarter of an hour people speak now, mine or not, and at most four', async () => {
    const spoken = [1, 2, 3, 4, 5, 20].map((minutes) => entry(`há ${minutes}`, {}, minutes > 3, minutesAgo(minutes)));
    const { talking, mine } = idsOf(await shelvesFrom([...spoken, entry('calada', {}, true)], undefined, spoken));
    expect(talking).toEqual(['há 1', 'há 2', 'há 3', 'há 4']);
    expect(mine).toEqual(['há 5', 'há 20', 'calada']);
    const late = idsOf(await shelvesFrom(spoken, undefined, spoken.slice(5)));
    expect(late['talking']).toEqual([]);
  });

  it('rooms of no course stand by the school’s categories; one that is no more counts as none', async () => {
    const shelves = await shelvesFrom([
      entry('teatro', { category: 'k1' }),
      entry('xadrez', { category: 'k0' }),
      entry('aula', { category: 'k1', course: 'c1' }),
    ]);
    expect(idsOf(shelves)).toMatchObject({ 'category:k1': ['teatro'], open: ['xadrez'], 'course:c1': ['aula'] });
    expect(shelves.find(({ id }) => id === 'category:k1')?.title).toBe('🎭 Clubes');
  });

  it('a card says how much was said today, and a language that is not the page’s', async () => {
    const shelves = await shelvesFrom([{ ...entry('clube', { language: 'en' }), recent: 12 }]);
    expect(shelves.find(({ id }) => id === 'open')?.rooms[0]).toMatchObject({ today: 12, language: 'em inglês' });
  });

  it('a lesson’s leaf has its number, and a room joined since is one to open', async () => {
    const lesson = entry('aula', { kind: 'lesson', course: 'c1', lesson: 'l7', posting: 'moderators' });
    const shelves = await shelvesFrom([lesson], (room) => room === 'aula');
    expect(shelves.at(-1)?.rooms).toMatchObject([
      {
        place: 'Matemática · 9º B · Aula 7',
        joined: true,
        leaf: { lessonNumber: 7, announcement: true, inviteOnly: false },
      },
    ]);
  });

  it('a room of a course that is not one’s own says the course’s title and its kind', async () => {
    const shelves = await shelvesFrom([{ ...entry('x', { kind: 'project', course: 'c9' }), courseTitle: 'Química' }]);
    expect(shelves.find(({ id }) => id === 'courses')?.rooms[0]?.place).toBe('Química · Sala de projeto');
  });
});
