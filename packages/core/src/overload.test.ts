import { COMMANDS, type CommandName } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { isShed, STRAINS } from './overload.ts';

const names = Object.keys(COMMANDS) as CommandName[];
const shedAt = (strain: (typeof STRAINS)[number]) => names.filter((name) => isShed(name, strain));

describe('[D32] what is given up under strain', () => {
  test('without strain nothing', () => {
    expect(shedAt('none')).toEqual([]);
  });

  test('first newcomers and ephemera, then old history, then new messages, each with those before', () => {
    const [arrivals, history, sends] = [shedAt('arrivals'), shedAt('history'), shedAt('sends')];
    expect(arrivals).toContain('accounts.ticket');
    expect(arrivals).toContain('presence.typing');
    expect(arrivals).not.toContain('messages.page');
    expect(history).toEqual(expect.arrayContaining([...arrivals, 'messages.page']));
    expect(history).not.toContain('messages.send');
    expect(sends).toEqual(expect.arrayContaining([...history, 'messages.send']));
  });

  test.each(
    names.filter((name) =>
      /^members\.|^messages\.remove$|^accounts\.(disable|revokeSession|signOut|block)$/u.test(name),
    ),
  )('%s, which protects people, never', (name) => {
    expect(STRAINS.filter((strain) => isShed(name, strain))).toEqual([]);
  });
});
