/**
 * What the nodes of a school tell each other. A hint: the log is the truth, every node asks it for the heads of what it serves
 * each second, and what is lost, doubled, late, out of order or mutilated here costs latency, never correctness (contract D20).
 */

/** A node's end of the bus. Contract: core/testing/contracts/bus.ts. */
export interface Bus {
  /**
   * Tells every other node, soon, at most once or more often, in any order. Never throws and never waits: what cannot be told
   * now is forgotten. What is too long for the carrier is told as `{poll: true}`, the advice to look for oneself.
   */
  publish(message: object): void;
  /** Whether others can be heard now. When not, the node goes on, ready but degraded (contract, "Health"). */
  isUp(): boolean;
  close(): Promise<void>;
}

/** What a bus is opened with. */
export interface BusParts {
  /** This node's own name: it does not hear itself. */
  readonly node: string;
  /** Another node told something. What it is worth is for the hearer to judge; what it throws is trouble and no more. */
  readonly heard: (message: Record<string, unknown>, from: string) => void;
  /** It is there, for the first time or again: what was told meanwhile was missed. */
  readonly up: () => void;
  /** Said once when it goes away, and for each message that could not be taken. Holds no secret. */
  readonly trouble: (error: Error) => void;
}

/** Opens a node's end, at once: what it stands on may be away, and is tried for ever. */
export type OpenBus = (parts: BusParts) => Bus;
