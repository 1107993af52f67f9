/** The durable events of a room's log and of a person's stream. Unknown types must be ignored, and advance the cursor. */
import Type, { type Static } from 'typebox';
import { Id, Instant, Seq } from './ids.ts';
import { MessageContent } from './messages.ts';
import { RoomRole, RoomSettings } from './rooms.ts';

const head = { seq: Seq, id: Id, at: Instant };
const roomEvent = <const T extends string, D extends Type.TObject>(type: T, data: D) =>
  Type.Object({ ...head, type: Type.Literal(type), /** Who did it. */ actor: Id, data });
const userEvent = <const T extends string, D extends Type.TObject>(type: T, data: D) =>
  Type.Object({ ...head, type: Type.Literal(type), data });

/** mute: may read, may not post. ban: may not enter. */
export const RestrictionKind = Type.Union([Type.Literal('mute'), Type.Literal('ban')]);
export type RestrictionKind = Static<typeof RestrictionKind>;

/** An event of a room's log (contract, "Terms"): the same for everybody whose access covers its seq. */
export const RoomEvent = Type.Union([
  roomEvent('room.created', Type.Object({ settings: Type.Union([RoomSettings, Type.Null()]) })),
  roomEvent('room.changed', Type.Object({ settings: Type.Partial(RoomSettings) })),
  // Between these two no message, edit or reaction is in the log
  roomEvent('room.archived', Type.Object({})),
  roomEvent('room.reopened', Type.Object({})),
  roomEvent('member.joined', Type.Object({ account: Id, role: RoomRole })),
  roomEvent('member.left', Type.Object({ account: Id })),
  roomEvent('member.removed', Type.Object({ account: Id })),
  roomEvent('member.role-changed', Type.Object({ account: Id, role: RoomRole })),
  // Only that it began or ended: reason, term and actor's name go to the person and to staff (contract, "Terms")
  roomEvent('restriction.began', Type.Object({ account: Id, kind: RestrictionKind })),
  roomEvent('restriction.ended', Type.Object({ account: Id, kind: RestrictionKind })),
  // A group's question to somebody: that it was put, and that it stands no more without a yes (they declined, or it was taken back)
  roomEvent('asking.began', Type.Object({ account: Id })),
  roomEvent('asking.ended', Type.Object({ account: Id })),
  roomEvent('message.sent', Type.Object({ message: MessageContent })),
  roomEvent('message.edited', Type.Object({ message: MessageContent })),
  roomEvent('message.removed', Type.Object({ message: MessageContent })),
  roomEvent('message.pinned', Type.Object({ message: Id })),
  roomEvent('message.unpinned', Type.Object({ message: Id })),
  // Everybody in the room is asked to confirm that they have read it; or no more
  roomEvent('message.required', Type.Object({ message: Id })),
  roomEvent('message.released', Type.Object({ message: Id })),
  roomEvent('reaction.added', Type.Object({ message: Id, emoji: Type.String() })),
  roomEvent('reaction.removed', Type.Object({ message: Id, emoji: Type.String() })),
]);
export type RoomEvent = Static<typeof RoomEvent>;
export type RoomEventType = RoomEvent['type'];
/** The data of one type of room event. */
export type RoomEventData<T extends RoomEventType> = Extract<RoomEvent, { type: T }>['data'];

/** Why a membership ended. */
export const EndReason = Type.Union([Type.Literal('left'), Type.Literal('removed'), Type.Literal('banned')]);

/** An event of a person's own stream (contract D34, D35): numbered there, kept 30 days. */
export const UserEvent = Type.Union([
  userEvent(
    'notification.made',
    Type.Object({
      /** `keyword`: nothing closer, but it has a word that the person asked to be told of; `thread`: in one that they follow. */
      kind: Type.Union([
        Type.Literal('mention'),
        Type.Literal('reply'),
        Type.Literal('direct'),
        Type.Literal('keyword'),
        Type.Literal('thread'),
      ]),
      room: Id,
      message: Id,
      messageSeq: Seq,
      /** The message whose thread it is in; it does not count in the room then. */
      thread: Type.Optional(Id),
      /** Of a `mention`: it is urgent ([R120]). */
      urgent: Type.Optional(Type.Literal(true)),
      author: Id,
    }),
  ),
  userEvent('membership.began', Type.Object({ room: Id, role: RoomRole, by: Id })),
  userEvent('membership.ended', Type.Object({ room: Id, reason: EndReason })),
  userEvent('membership.changed', Type.Object({ room: Id, role: RoomRole })),
  // Somebody would like me in a group; it stands no more, because of me or of them
  userEvent('asking.began', Type.Object({ room: Id, by: Id })),
  userEvent('asking.ended', Type.Object({ room: Id })),
  userEvent(
    'sanction.began',
    Type.Object({
      room: Type.Union([Id, Type.Null()]),
      kind: RestrictionKind,
      reason: Type.String(),
      until: Type.Union([Instant, Type.Null()]),
    }),
  ),
  userEvent('sanction.ended', Type.Object({ room: Type.Union([Id, Type.Null()]), kind: RestrictionKind })),
]);
export type UserEvent = Static<typeof UserEvent>;
export type UserEventType = UserEvent['type'];
