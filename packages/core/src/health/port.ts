/** What the rules ask of whoever put the server together. */
import type { Health } from '@recreio/protocol';

/** How the installation is now. */
export type LookAtHealth = () => Promise<Health>;
