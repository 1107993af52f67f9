import { describe, expect, test } from 'vitest';
import { readAddress } from './address.tsx';

const read = (href: string, kept: unknown = null) => readAddress(new URL(href, 'https://escola.example'), kept);

describe('an address', () => {
  test('has no slash at its end, whatever was typed', () => {
    expect(read('/salas/').path).toBe('/salas');
    expect(read('/sala/a/pessoas//').path).toBe('/sala/a/pessoas');
    expect(read('/').path).toBe('/');
  });

  test('names a message by a whole number above nothing, or none', () => {
    expect(read('/sala/a?m=12').at).toBe(12);
    for (const m of ['0', '-1', '1.5', 'x', '', '9007199254740993']) expect(read(`/sala/a?m=${m}`).at).toBeUndefined();
    expect(read('/sala/a').at).toBeUndefined();
  });

  test('names a message by its id, as links that people share do', () => {
    const id = '0198a3f2-1111-7000-8000-0123456789ab';
    expect(read(`/sala/a?m=${id}`).at).toBe(id);
    for (const m of [id.toUpperCase(), `${id}0`, id.slice(1)]) expect(read(`/sala/a?m=${m}`).at).toBeUndefined();
  });

  test('knows that a link led here only from what this app wrote', () => {
    expect(read('/sala/a', { index: 2, isLeap: true }).isLeap).toBe(true);
    for (const isLeap of ['true', 1, undefined]) expect(read('/sala/a', { index: 2, isLeap }).isLeap).toBe(false);
  });

  test('opens over the page only what this app knows', () => {
    expect(read('/salas?abrir=conversa').over).toBe('conversa');
    expect(read('/salas?abrir=outra').over).toBeUndefined();
  });

  test('says that the message it names is to be answered', () => {
    expect(read('/sala/a?m=3&responder')).toMatchObject({ at: 3, isAnswer: true });
    expect(read('/sala/a?m=3').isAnswer).toBe(false);
  });

  test('keeps what it carries, and not what is behind the hash', () => {
    expect(read('/sala/a?m=3#x').href).toBe('/sala/a?m=3');
  });

  test('takes from the history only a number and an address of this app', () => {
    expect(read('/entrar', { index: 4, wanted: '/sala/a?m=3' })).toMatchObject({ index: 4, wanted: '/sala/a?m=3' });
    for (const wanted of ['//evil.example', 'https://evil.example', 'javascript:alert(1)', 7])
      expect(read('/entrar', { index: 'x', wanted })).toMatchObject({ index: 0, wanted: undefined });
    for (const kept of [null, undefined, 'text', 5]) expect(read('/', kept).index).toBe(0);
  });
});
