/** A message as it concerns somebody, for the tests of who is told of what. */
import type { Heard } from '../notifications/heard-port.ts';

/** Helena has named Ana in a room of thirty; `more` says what is otherwise. */
export const heard = (more: Partial<Heard> = {}): Heard => ({
  account: 'ana',
  room: 'r',
  thread: null,
  seq: 7,
  at: '2026-11-23T15:00:00.000Z',
  author: 'helena',
  call: 'mention',
  isRead: false,
  isUrgent: false,
  isMailed: false,
  isBeingMailed: false,
  isBlocked: false,
  place: { kind: 'topic', announces: false, members: 30, role: 'member' },
  tuning: {},
  minor: false,
  language: 'pt-BR',
  timeZone: null,
  resting: null,
  title: 'Frações',
  authorName: 'Helena Prates',
  ...more,
});
