/**
 * What is given up first when a server cannot keep up (contract D32): newcomers and ephemera, then old history, then new
 * messages. Never what was acknowledged, and never what protects people: removing, muting, banning, disabling, signing out.
 */
import type { CommandName } from '@recreio/protocol';

/** How far it has come; each step gives up what those before it give up, too. */
export const STRAINS = ['none', 'arrivals', 'history', 'sends'] as const;
export type Strain = (typeof STRAINS)[number];

/** From which step on a command is refused as `busy`. What is not here is never shed. */
export const SHED: Readonly<Partial<Record<CommandName, Exclude<Strain, 'none'>>>> = {
  // A ticket, a sign-in or a link is for somebody who is not here yet
  'accounts.ticket': 'arrivals',
  'accounts.signIn': 'arrivals',
  'accounts.enterDemo': 'arrivals',
  'joining.ask': 'arrivals',
  'joining.enter': 'arrivals',
  'presence.typing': 'arrivals',
  'presence.here': 'arrivals',
  'messages.page': 'history',
  'messages.locate': 'history',
  'messages.pins': 'history',
  'messages.history': 'history',
  'messages.saved': 'history',
  'drafts.mine': 'history',
  'drafts.put': 'arrivals',
  'streams.read': 'history',
  'threads.mine': 'history',
  'accounts.find': 'history',
  'rooms.directory': 'history',
  'messages.send': 'sends',
  'messages.edit': 'sends',
  'messages.react': 'sends',
  'messages.unreact': 'sends',
  'messages.pin': 'sends',
  'messages.unpin': 'sends',
  'rooms.create': 'sends',
  'rooms.openDirect': 'sends',
};

/** Whether a server under this strain gives up what begins at a step. */
export const givesUp = (strain: Strain, step: Exclude<Strain, 'none'>): boolean =>
  STRAINS.indexOf(strain) >= STRAINS.indexOf(step);

/** Whether a command is refused now. */
export const isShed = (command: CommandName, strain: Strain): boolean => {
  const step = SHED[command];
  return step !== undefined && givesUp(strain, step);
};
