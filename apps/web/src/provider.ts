/** The way to the school's own sign-in and back: what this browser keeps meanwhile, so that only it can finish what it began. */
import type { Client } from '@recreio/client';

/** Where the provider sends people back to (core's `returnTo`). */
export const returnPath = '/entrar/volta';

const key = 'recreio.provider';

/** What is done on the way back. */
type Purpose = 'enter' | 'link';

/** A return, with what was kept of its beginning. */
export interface Return {
  readonly flow: string;
  readonly purpose: Purpose;
  /** The address to go on to. */
  readonly back: string;
  readonly returned: string;
}

/** Leaves for the provider. With `anew` it asks the person again, for a fresh proof. */
export async function goToProvider(client: Client, purpose: Purpose, back: string, anew?: true): Promise<void> {
  const { url, flow } = await client.call('accounts.beginOidc', anew ? { anew } : {});
  sessionStorage.setItem(key, JSON.stringify({ flow, purpose, back }));
  location.assign(url);
}

let taken: Return | undefined;

/** The return that this page is, taken out of the address and the browser's memory at once; undefined where it was not this browser that began. */
export function takeReturn(): Return | undefined {
  if (location.search === '') return taken;
  const kept = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  taken = kept === null ? undefined : { ...(JSON.parse(kept) as Omit<Return, 'returned'>), returned: location.search };
  history.replaceState(history.state, '', returnPath);
  return taken;
}
