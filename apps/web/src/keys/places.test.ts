import type { SidebarGroup, SidebarRoom } from '@recreio/ui';
import { describe, expect, it } from 'vitest';
import { beforeTyping, destinationsOf, neighbour, roomsLike } from './places.ts';

const room = (id: string, name: string, more: Partial<SidebarRoom> = {}): SidebarRoom => ({
  id,
  href: `/sala/${id}`,
  name,
  face: { groupCount: 2 },
  unread: 0,
  mentions: 0,
  isNew: false,
  ...more,
});
const groups: SidebarGroup[] = [
  {
    id: 'maths',
    title: 'Matemática · 9º B',
    rooms: [room('parabola', 'Função quadrática', { isNew: true, unread: 2 }), room('geral', 'Geral', { isNew: true })],
  },
  { id: 'others', title: 'Outras salas', rooms: [room('gremio', 'Grêmio'), room('fundo', 'Turma do fundão')] },
  { id: 'directs', title: 'Conversas privadas', rooms: [room('ana', 'Ana Beatriz', { isNew: true, hushed: true })] },
];
const all = destinationsOf(groups, (id) => (id === 'parabola' ? 'Aula 12: A parábola' : undefined));
const ids = (found: ReturnType<typeof roomsLike>): string[] => found.map((one) => one.room.id);

describe('going by letters', () => {
  it.each([
    ['gremio', ['gremio']],
    ['GRÊ', ['gremio']],
    ['fu', ['parabola', 'fundo']],
    ['parab', ['parabola']],
    ['aula 12', ['parabola']],
    ['mat', ['parabola', 'geral']],
    ['xyz', []],
    ['onde a parábola abre', ['parabola']],
    ['a turma do fundão', ['fundo']],
    ['o que é que há', []],
  ])('[ux] “%s” finds %j', (text, expected) => expect(ids(roomsLike(all, text, []))).toEqual(expected));

  it('[ux] of those alike the one visited last comes first', () => {
    expect(ids(roomsLike(all, 'mat', ['geral']))).toEqual(['geral', 'parabola']);
  });

  it('[ux] before anything is typed: the last ones without the open one, then what is new and not hushed, each once', () => {
    const { recent, fresh } = beforeTyping(all, ['gremio', 'geral', 'gone'], 'gremio');
    expect(ids(recent)).toEqual(['geral']);
    expect(ids(fresh)).toEqual(['parabola']);
  });
});

describe('the room above and below', () => {
  const list = ['a', 'b', 'c', 'd'].map((id) => ({ id, isFresh: id === 'a' || id === 'd' }));
  it.each([
    ['b', 1, false, 'c'],
    ['b', -1, false, 'a'],
    ['d', 1, false, 'a'],
    ['a', -1, false, 'd'],
    ['b', 1, true, 'd'],
    ['d', 1, true, 'a'],
    ['c', -1, true, 'a'],
    [undefined, 1, false, 'a'],
    [undefined, -1, false, 'd'],
  ] as const)('[ux] from %s by %i, only new ones %j: %s', (open, step, isFresh, to) =>
    expect(neighbour(list, open, step, isFresh)).toBe(to),
  );
  it('[ux] is none where there is no other', () => {
    expect(neighbour([{ id: 'a', isFresh: true }], 'a', 1, false)).toBeUndefined();
    expect(neighbour(list, 'a', 1, true)).toBe('d');
    expect(neighbour([], undefined, 1, false)).toBeUndefined();
  });
});
