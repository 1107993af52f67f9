import type { accounts, RoomRole } from '@recreio/protocol';
import { describe, expect, it } from 'vitest';
import { mayGiveRole, powersIn, type Standing, standsAbove } from './powers.ts';

const person = (room: RoomRole, school: accounts.Role = 'student', id = `${school} ${room}`): Standing => ({
  id,
  school,
  room,
});

describe('[R54] only what one may do is offered', () => {
  it.each<[string, Standing, { moderate: boolean; own: boolean }]>([
    ['a reader', person('reader'), { moderate: false, own: false }],
    ['a member', person('member'), { moderate: false, own: false }],
    ['a teacher who is a member', person('member', 'teacher'), { moderate: false, own: false }],
    ['a moderator', person('moderator'), { moderate: true, own: false }],
    ['an owner', person('owner'), { moderate: true, own: true }],
    ['a moderator of the school', person('member', 'moderator'), { moderate: true, own: false }],
    ['an administrator', person('member', 'administrator'), { moderate: true, own: true }],
  ])('%s', (_who, me, powers) => {
    expect(powersIn(me)).toEqual(powers);
  });

  it.each<[Standing, Standing, boolean]>([
    [person('moderator'), person('member'), true],
    [person('moderator'), person('reader'), true],
    [person('moderator'), person('moderator', 'teacher'), false],
    [person('moderator'), person('owner'), false],
    [person('moderator'), person('member', 'administrator'), false],
    [person('owner'), person('moderator'), true],
    [person('owner'), person('owner', 'teacher'), false],
    [person('member', 'administrator'), person('moderator'), false],
    [person('member'), person('reader'), false],
  ])('%o over %o: %s', (me, other, may) => {
    expect(standsAbove(me, other)).toBe(may);
  });

  it('nobody acts on themselves', () => {
    expect(standsAbove(person('owner'), person('owner'))).toBe(false);
  });

  it('an owner gives every role but another owner’s away', () => {
    const owner = person('owner');
    expect(mayGiveRole(owner, person('member'))).toBe(true);
    expect(mayGiveRole(owner, owner)).toBe(true);
    expect(mayGiveRole(owner, person('owner', 'teacher'))).toBe(false);
    expect(mayGiveRole(person('moderator'), person('member'))).toBe(false);
    expect(mayGiveRole(person('member', 'administrator'), person('member'))).toBe(true);
  });
});
