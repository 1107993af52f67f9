/** The one function of attention as a table of named cases, and the sum of it that the list of rooms shows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attention, attentionTo, type Call, type Listener, type Said, type Whereabouts } from './attention.ts';
import { badgeOf, BIG_ROOM, levelOf, type Place } from './badges.ts';
import { isQuiet, type QuietHours, quietHoursOf } from './calm.ts';

/** A Wednesday, 14:00 in São Paulo (UTC−3). */
const NOON = Date.parse('2026-11-18T17:00:00.000Z');
const LATER = '2026-11-18T18:00:00.000Z';
const BEFORE = '2026-11-18T16:00:00.000Z';
const night: QuietHours = { from: 21 * 60, to: 6 * 60 + 30, days: [1, 2, 3, 4, 5, 6, 7] };
const afternoon: QuietHours = { from: 13 * 60, to: 15 * 60, days: [3] };

const small: Place = { kind: 'topic', announces: false, members: 12, role: 'member' };
const big: Place = { ...small, members: BIG_ROOM };
const board: Place = { ...big, announces: true };
const pair: Place = { ...small, kind: 'direct', members: 2 };

const said = (call: Call, more: Partial<Said> = {}): Said => ({
  call,
  isOwn: false,
  isEdit: false,
  isRemoved: false,
  isBlocked: false,
  isInThread: false,
  isRead: false,
  ...more,
});
const listener = (more: Partial<Listener> = {}): Listener => ({
  isMember: true,
  place: small,
  tuning: {},
  calm: { doNotDisturb: null },
  quietHours: [],
  timeZone: 'America/Sao_Paulo',
  where: 'behind',
  now: NOON,
  ...more,
});

/** `badge`, then T title, I inbox new, i inbox listed, S sound, D desktop, P push now, p push later, M mail, m mail later. */
const short = ({ badge, title, inbox, sound, desktop, push, digest }: Attention): string =>
  [
    badge,
    ' ',
    title && 'T',
    inbox === 'new' ? 'I' : inbox === 'listed' && 'i',
    sound && 'S',
    desktop && 'D',
    push === 'now' ? 'P' : push === 'later' && 'p',
    digest === 'now' ? 'M' : digest === 'later' && 'm',
  ]
    .filter(Boolean)
    .join('')
    .trim();

const cases: readonly [name: string, Said, Partial<Listener>, string][] = [
  // What it is
  ['said in a small room: counted, not heard', said('said'), {}, 'count'],
  ['said in a big room: a name in bold', said('said'), { place: big }, 'dot'],
  ['said in a big room that one looks after: counted', said('said'), { place: { ...big, role: 'moderator' } }, 'count'],
  ['a mention', said('mention'), {}, 'call TISD'],
  ['a mention in a big room', said('mention'), { place: big }, 'call TISD'],
  ['a reply to me', said('reply'), {}, 'call TISD'],
  ['a word that I asked to be told of', said('keyword'), {}, 'call TISD'],
  ['a word of mine in a big room', said('keyword'), { place: big }, 'call TISD'],
  ['a word of mine in a thread: counted there', said('keyword', { isInThread: true }), {}, 'none TISD'],
  ['a private message has its place in the list of rooms', said('direct'), { place: pair }, 'call TSD'],
  ['an announcement is loud', said('announcement'), { place: board }, 'call TSD'],
  ['all are spoken to', said('everyone'), { place: big }, 'call TISD'],
  ['a thread I follow: counted there', said('thread', { isInThread: true }), {}, 'none TISD'],
  ['a mention in a thread: counted there', said('mention', { isInThread: true }), {}, 'none TISD'],
  // What it is not
  ['my own message', said('mention', { isOwn: true }), {}, 'none'],
  ['a removed message', said('mention', { isRemoved: true }), {}, 'none'],
  ['a mention that was edited in', said('mention', { isEdit: true }), {}, 'none'],
  ['removed from the room: also what was queued', said('mention'), { isMember: false, where: 'away' }, 'none'],
  ['from somebody I have blocked: among what was said', said('mention', { isBlocked: true }), {}, 'count'],
  [
    'from somebody I have blocked, where I want everything: no sound, no push',
    said('said', { isBlocked: true }),
    { where: 'away', tuning: { level: 'everything' } },
    'count',
  ],
  ['a word of mine from somebody I have blocked', said('keyword', { isBlocked: true }), {}, 'count'],
  ['a notice of what somebody wrote whom I have blocked', said('notice', { isBlocked: true }), {}, 'none TISD'],
  ['read on another device', said('mention', { isRead: true }), { where: 'away' }, 'none i'],
  ['read, and only said', said('said', { isRead: true }), {}, 'none'],
  // Where the person is
  ['looking at the room', said('mention'), { where: 'looking' }, 'call TI'],
  ['on another room of the page', said('mention'), { where: 'present' }, 'call TIS'],
  ['on no device', said('mention'), { where: 'away' }, 'call TIPM'],
  ['on no device, and only said', said('said'), { where: 'away' }, 'count'],
  // Levels
  ['everything, by wish', said('said'), { tuning: { level: 'everything' } }, 'count SD'],
  ['everything, by wish, in a big room', said('said'), { place: big, tuning: { level: 'everything' } }, 'count SD'],
  [
    'everything, by wish, away: a push, no mail',
    said('said'),
    { where: 'away', tuning: { level: 'everything' } },
    'count P',
  ],
  ['mentions only, and it was said', said('said'), { tuning: { level: 'mentions' } }, 'dot'],
  ['mentions only, and it is one', said('mention'), { tuning: { level: 'mentions' } }, 'call TISD'],
  ['mentions only, of announcements', said('announcement'), { place: board, tuning: { level: 'mentions' } }, 'dot'],
  [
    'mentions only, in private: everything is for me',
    said('direct'),
    { place: pair, tuning: { level: 'mentions' } },
    'call TSD',
  ],
  ['nothing, and it was said', said('said'), { tuning: { level: 'nothing' } }, 'none'],
  ['nothing, and it is a mention: listed', said('mention'), { where: 'away', tuning: { level: 'nothing' } }, 'none i'],
  ['nothing, and it has a word of mine: listed', said('keyword'), { tuning: { level: 'nothing' } }, 'none i'],
  [
    'mentions only, and it has a word of mine',
    said('keyword'),
    { place: board, tuning: { level: 'mentions' } },
    'call TISD',
  ],
  // Hush
  ['hushed', said('said'), { tuning: { hushed: { until: null } } }, 'none'],
  ['hushed, a mention: listed', said('mention'), { tuning: { hushed: { until: LATER } } }, 'none i'],
  ['hushed, a word of mine: listed', said('keyword'), { where: 'away', tuning: { hushed: { until: null } } }, 'none i'],
  ['hushed, away', said('mention'), { where: 'away', tuning: { hushed: { until: LATER } } }, 'none i'],
  [
    'hushed, and everything by wish',
    said('said'),
    { tuning: { level: 'everything', hushed: { until: null } } },
    'none',
  ],
  ['hushed, a private message', said('direct'), { place: pair, tuning: { hushed: { until: null } } }, 'none'],
  ['the hush is over', said('mention'), { tuning: { hushed: { until: BEFORE } } }, 'call TISD'],
  // Must be read
  ['a notice: counted beside the rooms', said('notice'), {}, 'none TISD'],
  ['a notice in a hushed room: seen, not heard', said('notice'), { tuning: { hushed: { until: null } } }, 'none TI'],
  [
    'a notice in a hushed room, away: when it is quiet no more',
    said('notice'),
    { where: 'away', tuning: { hushed: { until: null } } },
    'none TIpM',
  ],
  ['a notice in a room of which I want nothing', said('notice'), { tuning: { level: 'nothing' } }, 'none TISD'],
  // Calm
  ['not to be disturbed', said('mention'), { calm: { doNotDisturb: { until: null } } }, 'call TI'],
  [
    'not to be disturbed, away: later',
    said('mention'),
    { where: 'away', calm: { doNotDisturb: { until: LATER } } },
    'call TIpm',
  ],
  ['the rest is over', said('mention'), { calm: { doNotDisturb: { until: BEFORE } } }, 'call TISD'],
  ['in quiet hours', said('mention'), { quietHours: [afternoon] }, 'call TI'],
  ['in quiet hours, away: later', said('mention'), { where: 'away', quietHours: [afternoon] }, 'call TIpm'],
  [
    'in quiet hours of another zone',
    said('mention'),
    { quietHours: [afternoon], timeZone: 'Europe/Lisbon' },
    'call TISD',
  ],
  [
    'a word of mine in quiet hours, away: later',
    said('keyword'),
    { where: 'away', quietHours: [afternoon] },
    'call TIpm',
  ],
  ['a notice in quiet hours', said('notice'), { quietHours: [afternoon] }, 'none TI'],
];

describe('[R95] attention', () => {
  it.each(cases)('%s', (_name, what, who, expected) => {
    expect(short(attentionTo(what, listener(who)))).toBe(expected);
  });

  it('the badge of a room is the sum of what is unread in it', () => {
    const calls: readonly Call[] = ['said', 'mention', 'reply', 'keyword', 'everyone'];
    const levels = [undefined, 'everything', 'mentions', 'nothing'] as const;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...calls), { maxLength: 12 }),
        fc.constantFrom(
          small,
          big,
          board,
          pair,
          { ...pair, kind: 'group' as const },
          { ...big, role: 'owner' as const },
        ),
        fc.constantFrom(...levels),
        fc.constantFrom(undefined, { until: null }, { until: BEFORE }, { until: LATER }),
        fc.constantFrom<Whereabouts>('looking', 'present', 'behind', 'away'),
        (unread, place, level, hushed, where) => {
          const tuning = { ...(level ? { level } : {}), ...(hushed ? { hushed } : {}) };
          const heard = unread.map((call): Call => {
            if (place.kind === 'direct' || place.kind === 'group') return 'direct';
            return place.announces && call === 'said' ? 'announcement' : call;
          });
          const each = heard.map((call) => attentionTo(said(call), listener({ place, tuning, where })).badge);
          const shown = badgeOf(
            { unread: unread.length, calls: unread.filter((call) => call !== 'said').length },
            place,
            tuning,
            NOON,
          );
          expect(shown.calls).toBe(each.filter((badge) => badge === 'call').length);
          expect(shown.count).toBe(each.filter((badge) => badge === 'call' || badge === 'count').length);
          expect(shown.isNew).toBe(each.some((badge) => badge !== 'none'));
        },
      ),
    );
  });

  it('whoever is hushed, resting, asleep or looking hears nothing', () => {
    const quiets: readonly Partial<Listener>[] = [
      { tuning: { hushed: { until: null } } },
      { calm: { doNotDisturb: { until: null } } },
      { quietHours: [afternoon] },
      { where: 'looking' },
    ];
    const calls: readonly Call[] = [
      'notice',
      'direct',
      'mention',
      'reply',
      'keyword',
      'everyone',
      'thread',
      'announcement',
      'said',
    ];
    for (const quiet of quiets)
      for (const call of calls)
        expect(attentionTo(said(call), listener({ tuning: { level: 'everything' }, ...quiet }))).toMatchObject({
          sound: false,
          desktop: false,
        });
  });
});

describe('[R94] levels', () => {
  it.each([
    ['a conversation of two', pair, 'everything'],
    ['a group', { ...pair, kind: 'group' as const }, 'everything'],
    ['announcements', board, 'everything'],
    ['a small room', small, 'everything'],
    ['a big room', big, 'mentions'],
    ['a big room that one owns', { ...big, role: 'owner' as const }, 'everything'],
  ])('%s', (_name, place, level) => expect(levelOf(place)).toBe(level));
});

describe('[R96] quiet hours', () => {
  const at = (time: string): number => Date.parse(`2026-11-${time}:00.000-03:00`);
  it.each([
    ['before they begin', night, '18T20:59', false],
    ['as they begin', night, '18T21:00', true],
    ['past midnight', night, '19T00:00', true],
    ['the minute before they end', night, '19T06:29', true],
    ['as they end', night, '19T06:30', false],
    ['on a day that is not theirs', { ...night, days: [1] }, '18T22:00', false],
    ['on the morning after a day of theirs', { ...night, days: [3] }, '19T05:00', true],
    ['on the morning of a day of theirs, after one that is not', { ...night, days: [3] }, '18T05:00', false],
    ['Monday morning is the end of Sunday', { ...night, days: [7] }, '16T05:00', true],
    ['within a day', afternoon, '18T14:00', true],
    ['within a day, the day after', afternoon, '19T14:00', false],
  ])('%s', (_name, quiet, time, expected) => {
    expect(isQuiet([quiet], 'America/Sao_Paulo', at(time))).toBe(expected);
  });

  it('are the own ones, and for people under age the school’s besides, which they cannot take away', () => {
    const school = { quietHours: night };
    const none = { quietHours: null };
    expect(quietHoursOf({ doNotDisturb: null }, true, school)).toEqual([night]);
    expect(quietHoursOf({ doNotDisturb: null }, false, school)).toEqual([]);
    expect(quietHoursOf({ doNotDisturb: null, quietHours: null }, true, school)).toEqual([night]);
    expect(quietHoursOf({ doNotDisturb: null, quietHours: afternoon }, true, school)).toEqual([night, afternoon]);
    expect(quietHoursOf({ doNotDisturb: null, quietHours: afternoon }, true, none)).toEqual([afternoon]);
    expect(quietHoursOf({ doNotDisturb: null, quietHours: afternoon }, false, school)).toEqual([afternoon]);
    expect(quietHoursOf({ doNotDisturb: null, quietHours: null }, false, school)).toEqual([]);
  });

  it('of several hold by any of them', () => {
    expect(isQuiet([night, afternoon], 'America/Sao_Paulo', at('18T14:00'))).toBe(true);
    expect(isQuiet([night, afternoon], 'America/Sao_Paulo', at('18T22:00'))).toBe(true);
    expect(isQuiet([night, afternoon], 'America/Sao_Paulo', at('18T19:00'))).toBe(false);
    expect(isQuiet([], 'America/Sao_Paulo', at('18T22:00'))).toBe(false);
  });
});

describe('[R120] an urgent mention that stays unread', () => {
  const urgent = (more: Partial<Said> = {}): Said => said('mention', { isUrgent: true, ...more });
  const resting = { doNotDisturb: { until: null } };
  it.each<[string, Said, Partial<Listener>, Attention['escalation']]>([
    ['is told once more', urgent(), {}, 'now'],
    ['past a hush', urgent(), { tuning: { hushed: { until: null } } }, 'now'],
    ['past the level', urgent(), { tuning: { level: 'nothing' } }, 'now'],
    [
      'past the pace of a device',
      urgent(),
      { where: 'away', pace: { rang: Array(8).fill(NOON), standing: NOON, wasPushed: false } },
      'now',
    ],
    ['in a thread', urgent({ isInThread: true }), {}, 'now'],
    ['whatever page is open', urgent(), { where: 'looking' }, 'now'],
    ['after a rest', urgent(), { calm: resting }, 'later'],
    ['after a rest that has an end', urgent(), { calm: { doNotDisturb: { until: LATER } } }, 'later'],
    ['once the rest is over', urgent(), { calm: { doNotDisturb: { until: BEFORE } } }, 'now'],
    ['after quiet hours', urgent(), { quietHours: [afternoon] }, 'later'],
    ['not what is not urgent', said('mention'), {}, 'none'],
    ['not once read', urgent({ isRead: true }), {}, 'none'],
    ['not once removed', urgent({ isRemoved: true }), {}, 'none'],
    ['not of who is blocked', urgent({ isBlocked: true }), {}, 'none'],
    ['not to who is out', urgent(), { isMember: false }, 'none'],
    ['not to who said it', urgent({ isOwn: true }), {}, 'none'],
  ])('%s', (_name, what, who, expected) => {
    expect(attentionTo(what, listener(who)).escalation).toBe(expected);
  });

  it('does on every other surface what a mention does', () => {
    const { escalation: _, ...rest } = attentionTo(urgent(), listener());
    const { escalation: __, ...plain } = attentionTo(said('mention'), listener());
    expect(rest).toEqual(plain);
  });
});
