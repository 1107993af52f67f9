/** push.key, subscribe, unsubscribe and devices: which of a person's devices are called (docs/protocol.md). */
import { type InputOf, type OutputOf, PUSH_DEVICES, type push } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';
import type { PushIdentity } from './push-port.ts';

/** The school's keys; made when they are asked for first. */
export const identityOf = async ({ memory, push: carrier }: Pick<World, 'memory' | 'push'>): Promise<PushIdentity> => {
  const known = await memory.push.identity();
  if (known) return known;
  const made = carrier.newIdentity();
  await memory.push.putIdentity(made);
  // Of two who make it at once the first is kept
  return (await memory.push.identity()) ?? made;
};

const isOff = async ({ memory }: World): Promise<boolean> => (await memory.school.read()).policies.push === 'off';

/** The public half. */
export const key = async (world: World): Promise<OutputOf<typeof push.key> | Denial<'not-allowed'>> => {
  if (await isOff(world)) return deny('not-allowed');
  return { key: (await identityOf(world)).publicKey };
};

/** What the browser says must lead to a push service; whoever uses it now is who is called there. */
export const subscribe = async (
  world: World,
  subscription: InputOf<typeof push.subscribe>,
  { alive }: Call,
): Promise<OutputOf<typeof push.subscribe> | Denial<'not-allowed' | 'malformed'>> => {
  const { account, session } = alive;
  const service = world.push.serviceOf(subscription);
  if (service === null) return deny('malformed', { detail: 'this endpoint is none that anything is sent to' });
  const id = await world.transact(async (memory) => {
    // Held: whoever switches it off meanwhile comes after, and forgets this one, too
    if ((await memory.school.hold()).policies.push === 'off') return null;
    return await memory.push.subscribe({ id: world.newId(), account, session, service }, subscription, PUSH_DEVICES);
  });
  const device = id === null ? undefined : (await list(world, alive)).find((one) => one.id === id);
  return device ?? deny('not-allowed');
};

/** Calls it no more. Another's is not there, which is as good. */
export const unsubscribe = async (
  world: World,
  { device }: InputOf<typeof push.unsubscribe>,
  { alive }: Call,
): Promise<OutputOf<typeof push.unsubscribe>> => {
  await world.memory.push.unsubscribe(alive.account, device);
  return {};
};

const list = async (world: World, alive: Call['alive']): Promise<OutputOf<typeof push.devices>['devices']> =>
  (await world.memory.push.devices(alive.account)).map(({ session, ...device }) => ({
    ...device,
    current: session === alive.session,
  }));

/** All of mine. */
export const devices = async (
  world: World,
  _input: InputOf<typeof push.devices>,
  { alive }: Call,
): Promise<OutputOf<typeof push.devices>> => ({ devices: await list(world, alive) });
