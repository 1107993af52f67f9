/**
 * Whose turn it is to be called (docs/decisions/0061-pace.md): devices side by side, and of one push service only so many. A service
 * that is slow holds up its own devices, and while it is waited for the others are called.
 */
import { callDevice, type CallingParts } from './calling.ts';
import type { DueSpan } from './push-port.ts';

/** Devices that are called side by side: those of four services that are all busy. */
const PLACES = 32;
/** Of one service: as many as there are connections to it (adapters/push/carrier.ts); more would only wait for those. */
const OF_ONE = 8;

/** The turns of one node. */
export interface Turns {
  /**
   * Takes those whose time has come, as far as there are places, and calls them; when one is done, further ones, where there may be
   * more. Answers with how many it took, without waiting for what comes of them.
   */
  begin(): Promise<number>;
  /** Resolves when nobody has a place any more. */
  ended(): Promise<void>;
}

/** Opens the turns of a node; once `isOver`, nobody is taken any more. */
export const callInTurn = (parts: CallingParts, isOver: () => boolean): Turns => {
  const { world, trouble } = parts;
  /** How many devices of each service have a place. */
  const taken = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  /** There may be more than there were places for. */
  let wasFull = false;
  /** When the last taking is over; and the one that has not begun. */
  let over: Promise<unknown> = Promise.resolve();
  let next: Promise<number> | null = null;

  const place = (service: string, more: 1 | -1): void => {
    const left = (taken.get(service) ?? 0) + more;
    if (left === 0) taken.delete(service);
    else taken.set(service, left);
  };

  const turn = async (service: string, spans: readonly DueSpan[]): Promise<void> => {
    place(service, 1);
    try {
      await callDevice(parts, spans);
    } catch (error) {
      // What it did not come to is free again when its lease ends
      trouble(error);
    } finally {
      place(service, -1);
    }
    if (!wasFull) return;
    try {
      await begin();
    } catch (error) {
      // Nobody was taken, and the next beat begins anew
      trouble(error);
    }
  };

  const take = async (): Promise<number> => {
    const free = PLACES - [...taken.values()].reduce((sum, some) => sum + some, 0);
    if (isOver() || free === 0) return 0;
    const due = await world.transact(({ push }) => push.due({ free, ofOne: OF_ONE, taken }));
    const devices = Map.groupBy(due, ({ device }) => device);
    for (const spans of devices.values()) {
      const [{ service }] = spans as [DueSpan];
      const one = turn(service, spans).finally(() => underWay.delete(one));
      underWay.add(one);
    }
    wasFull = devices.size === free || [...taken.values()].some((some) => some >= OF_ONE);
    return devices.size;
  };

  /** One after the other, so that each knows who has a place; all who ask meanwhile wait for one. */
  const begin = (): Promise<number> => {
    next ??= over.then(() => {
      next = null;
      const taking = take();
      over = taking.catch(() => undefined);
      return taking;
    });
    return next;
  };

  return {
    begin,
    ended: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};
