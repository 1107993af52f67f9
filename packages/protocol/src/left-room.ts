/** A room that nobody in it could go on with. */
import Type, { type Static } from 'typebox';
import { Id } from './ids.ts';

/** By its title, for the administrator who has to find somebody (`rooms.entrust`). */
export const LeftRoom = Type.Object({ id: Id, title: Type.String() });
export type LeftRoom = Static<typeof LeftRoom>;
