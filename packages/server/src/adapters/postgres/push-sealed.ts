/** Where a browser is reached, and with which keys, as it lies in its row: sealed under the school's key, bound to the device. */
import type { Subscription } from '@recreio/core/ports.ts';
import type { Vault } from '../vault/vault.ts';

/** Seals it: three texts, none of which has a line break. */
export const sealSubscription = (vault: Vault, device: string, { endpoint, p256dh, auth }: Subscription): Buffer =>
  vault.sealSecret({ kind: 'push-device', owner: device }, Buffer.from([endpoint, p256dh, auth].join('\n')));

/** What was sealed for a device; null when it cannot be opened. */
export const subscriptionOf = (vault: Vault, device: string, sealed: Buffer): Subscription | null => {
  const opened = vault.openSecret({ kind: 'push-device', owner: device }, sealed);
  const [endpoint, p256dh, auth] = opened?.toString('utf8').split('\n') ?? [];
  return endpoint === undefined || p256dh === undefined || auth === undefined ? null : { endpoint, p256dh, auth };
};
