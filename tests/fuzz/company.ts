/** What the players of a story know in common: their rooms, the groups that come about, and who opens which together. */
import type { Person } from '../raw/person.ts';
import type { WireEvent } from '../raw/wire.ts';
import type { Device } from './device.ts';
import type { Recorder } from './recorder.ts';
import type { PlayedRoom, Stage } from './stage.ts';

/** A few who open their group together, again and again. */
export interface Circle {
  readonly people: readonly Person[];
  /** Those who have heard that another opens it now, and do so, too. */
  readonly waiting: Set<string>;
}

/** The newest messages that people of a room talk about. */
const RECENT = 40;

/** Who opens groups with whom: staff with staff, pupils with pupils, and one that must not come about (a minor with an adult who teaches nobody). */
const CIRCLES = {
  staff: [
    [0, 1, 2],
    [1, 2, 3],
    [0, 1, 2, 3],
  ],
  students: [
    [0, 1, 2],
    [3, 4, 5],
    [6, 7, 8, 9],
    [0, 3, 6],
    [10, 11, 12],
  ],
  mixed: [{ staff: 0, students: [0, 13] }],
} as const;

/** Everybody's shared knowledge. */
export class Company {
  readonly rooms: PlayedRoom[];
  readonly circles: readonly Circle[];
  private readonly stage: Stage;
  private readonly recorder: Recorder;

  constructor(stage: Stage, recorder: Recorder, rooms: PlayedRoom[]) {
    this.stage = stage;
    this.rooms = rooms;
    this.recorder = recorder;
    const of = (people: readonly Person[], numbers: readonly number[]) => numbers.flatMap((nth) => people[nth] ?? []);
    this.circles = [
      ...CIRCLES.staff.map((numbers) => of(stage.staff, numbers)),
      ...CIRCLES.students.map((numbers) => of(stage.students, numbers)),
      ...CIRCLES.mixed.map(({ staff, students }) => [...of(stage.staff, [staff]), ...of(stage.students, students)]),
    ].map((people) => ({ people, waiting: new Set<string>() }));
  }

  /** The rooms and groups that a person may act in. */
  roomsOf(person: Person): PlayedRoom[] {
    return this.rooms.filter(({ owner, people }) => owner === person || people.includes(person));
  }

  /** An event of a room was seen. */
  learn(id: string, { type, actor, data, seq }: WireEvent): void {
    const room = this.rooms.find((one) => one.id === id);
    if (!room || actor === undefined) return;
    if (type === 'room.created') room.founder = actor;
    if (type === 'room.archived' || type === 'room.reopened') room.isArchived = type === 'room.archived';
    if (type === 'member.role-changed' && data.role === 'owner' && data.account) room.holder = data.account;
    const message = typeof data.message === 'object' ? data.message : null;
    if (type !== 'message.sent' || !message || room.recent.some((known) => known.id === message.id)) return;
    room.recent.push({ id: message.id, author: actor, seq, thread: message.thread ?? null });
    if (room.recent.length > RECENT) room.recent.shift();
  }

  /** Somebody is in a group, as they have been told: they open its stream and talk there. */
  belong(device: Device, person: Person, id: string): void {
    let group = this.rooms.find((one) => one.id === id);
    if (group?.kind === 'room') return;
    if (!group) {
      const { staff, students } = this.stage;
      group = {
        id,
        kind: 'group',
        owner: person,
        founder: null,
        holder: null,
        heirs: [],
        heir: null,
        past: 'since-joining',
        weight: 1,
        people: [],
        acquaintances: staff.includes(person) ? staff : students,
        recent: [],
        silenced: new Set(),
        out: new Set(),
        links: [],
        isArchived: false,
      };
      this.rooms.push(group);
      this.recorder.rooms.push({ id, kind: 'group', owner: person.account, past: 'since-joining' });
    }
    if (!group.people.includes(person)) group.people.push(person);
    device.want(id);
  }
}
