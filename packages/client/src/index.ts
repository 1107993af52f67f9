/** The door of the SDK. */
export { type Call, type CallInput, type CallOutput } from './call.ts';
export { type Client, type ClientOptions, createClient } from './client.ts';
export { type Clock, systemClock } from './clock.ts';
export type { ClosedReason, ConnectionState } from './connection.ts';
export type { Draft, Drafts, DraftStorage } from './drafts.ts';
export { NoAnswerError, ProblemError } from './errors.ts';
export type { Fetch } from './http.ts';
export type { Item } from './items.ts';
export { type Intention, memoryOutbox, type OutboxStorage, type Pending, type SendState } from './outbox.ts';
export type { People, PeopleSnapshot } from './people.ts';
export type { LineEvent } from './reduce.ts';
export type { RoomsSnapshot } from './rooms.ts';
export type { ClientSignals, Signals } from './signals.ts';
export type { SocketConstructor, SocketLike } from './socket.ts';
export type { Readable } from './store.ts';
export { madeAtMs, uuidGenerator } from './uuid.ts';
export type { RoomHandle, RoomStatus, RoomView, Said } from './view.ts';
export type { Loading } from './window.ts';
