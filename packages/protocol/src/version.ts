/** The version of the protocol. `version.test.ts` pins the hash of all schemas beside it. */

/** Raised when a client of the previous number could misunderstand a frame. */
export const PROTOCOL_VERSION = 1;

/** The WebSocket subprotocol (RFC 6455 §1.9) that names this version in the upgrade. */
export const SUBPROTOCOL = 'recreio.v1';
