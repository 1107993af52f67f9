import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BINDING_BYTES,
  clearDigest,
  type KeyIdentity,
  type KeyVersions,
  type Place,
  wrapBinding,
  writeBinding,
} from './binding.ts';

/** Few ids, so that two generated places are often nearly the same. */
const ids = ['a', 'b', 'c', 'd'].map((digit) => `0190a1b2-0000-7000-8000-00000000000${digit}`);
const id = fc.constantFrom(...ids);
const place: fc.Arbitrary<Place> = fc.record({
  room: id,
  message: id,
  editNo: fc.constantFrom(0, 1, 256, 0xffff_ffff),
  author: id,
  kind: fc.constantFrom(0, 1, 255),
  replyTo: fc.option(id),
  thread: fc.option(id),
  mentions: fc.array(id, { maxLength: 5 }),
});
const versions: fc.Arbitrary<KeyVersions> = fc.record({
  rkVersion: fc.constantFrom(1, 2, 256),
  akVersion: fc.constantFrom(1, 2, 256),
});

const bindingOf = (where: Place, keys: KeyVersions): string => {
  const bytes = Buffer.alloc(BINDING_BYTES);
  writeBinding(bytes, 0, where, keys);
  return bytes.toString('hex');
};
/** What a place means, mentions being a set. */
const meaning = (where: Place, keys: KeyVersions): string =>
  JSON.stringify([
    where.room,
    where.message,
    where.editNo,
    where.author,
    where.kind,
    where.replyTo,
    where.thread,
    [...new Set(where.mentions)].sort(),
    keys.rkVersion,
    keys.akVersion,
  ]);

describe('binding', () => {
  test('[E1] two places have the same encoding exactly when they are the same place', () => {
    let same = 0;
    fc.assert(
      fc.property(place, versions, place, versions, fc.boolean(), (a, av, b, bv, alike) => {
        // Half of the pairs differ in the mentions' order and repeats only, or not at all.
        const [other, otherVersions] = alike
          ? [{ ...a, mentions: [...a.mentions, ...a.mentions].toReversed() }, av]
          : [b, bv];
        const equal = meaning(a, av) === meaning(other, otherVersions);
        if (equal) same += 1;
        expect(bindingOf(a, av) === bindingOf(other, otherVersions)).toBe(equal);
      }),
      { numRuns: 2_000 },
    );
    expect(same).toBeGreaterThan(100);
  });

  test('[E1] changing any one field changes the encoding', () => {
    const base: Place = {
      room: ids[0] ?? '',
      message: ids[0] ?? '',
      editNo: 0,
      author: ids[0] ?? '',
      kind: 1,
      replyTo: null,
      thread: null,
      mentions: [],
    };
    const keys = { rkVersion: 1, akVersion: 1 };
    const other = ids[1] ?? '';
    const changed = [
      bindingOf({ ...base, room: other }, keys),
      bindingOf({ ...base, message: other }, keys),
      bindingOf({ ...base, editNo: 1 }, keys),
      bindingOf({ ...base, author: other }, keys),
      bindingOf({ ...base, kind: 2 }, keys),
      bindingOf({ ...base, replyTo: other }, keys),
      bindingOf({ ...base, thread: other }, keys),
      bindingOf({ ...base, mentions: [other] }, keys),
      bindingOf(base, { rkVersion: 2, akVersion: 1 }),
      bindingOf(base, { rkVersion: 1, akVersion: 2 }),
    ];
    expect(new Set([bindingOf(base, keys), ...changed]).size).toBe(changed.length + 1);
  });

  test('[E1] a reply to someone and a mention of the same id are not confused', () => {
    const one = ids[0] ?? '';
    expect(clearDigest(one, []).equals(clearDigest(null, [one]))).toBe(false);
    expect(clearDigest(one, [], null).equals(clearDigest(null, [], one))).toBe(false);
    expect(clearDigest(null, [one], null).equals(clearDigest(null, [], one))).toBe(false);
    expect(clearDigest('00000000-0000-0000-0000-000000000000', []).equals(clearDigest(null, []))).toBe(false);
  });

  test.each([
    '0190A1B2-0000-7000-8000-00000000000a',
    '0190a1b2000070008000000000000000000a',
    '0190a1b2-0000-7000-8000-00000000000',
    '0190a1b2-0000-7000-8000-00000000000aa',
    '0190a1b2-0000-7000-8000-00000000000ª',
    '0190a1b2-0000-7000-8000-0000-000000a',
    '',
  ])('[E1] an id that is not canonical has no encoding: %j', (bad) => {
    expect(() => clearDigest(bad, [])).toThrow(RangeError);
  });

  test('[E1] a wrapped key is bound to its kind, owner, version, parent and parent version', () => {
    const base: KeyIdentity = {
      kind: 'room',
      owner: ids[0] ?? '',
      version: 1,
      parent: ids[1] ?? '',
      parentVersion: 1,
    };
    const all = [
      base,
      { ...base, kind: 'author' as const },
      { ...base, owner: ids[2] ?? '' },
      { ...base, version: 2 },
      { ...base, parent: ids[2] ?? '' },
      { ...base, parentVersion: 2 },
    ].map((identity) => wrapBinding(identity).toString('hex'));
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(all.map((hex) => hex.length)).size).toBe(1);
  });
});
