/** The address of the page: read, followed, moved. Entries of the browser's history are numbered, so that a way back is known to be one. */
import { createContext, startTransition, use, useEffect, useState, type ReactNode } from 'react';

/** Where the page is. */
export interface Address {
  /** The path, without a slash at its end. */
  readonly path: string;
  /** The path with all that it carries. */
  readonly href: string;
  /** The message of a permalink, if the address names one: by its number in the room, or by its id. */
  readonly at: number | string | undefined;
  /** That message is to be answered: the button of a notification said so. */
  readonly isAnswer: boolean;
  /** What is open over the page. */
  readonly over: 'conversa' | undefined;
  /** How many entries of this app lie before this one. */
  readonly index: number;
  /** The address that was asked for before signing in. */
  readonly wanted: string | undefined;
  /** A link inside the app led here: the entry before is where one was. */
  readonly isLeap: boolean;
}

/** What this app keeps with an entry of the history; the browser gives it back, also after a reload. */
type Kept = { index?: unknown; wanted?: unknown; isLeap?: unknown } | null;

const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a permalink names: a number above nothing, or an id. */
function namedBy(m: string): number | string | undefined {
  if (isId.test(m)) return m;
  const seq = Number(m);
  return Number.isSafeInteger(seq) && seq > 0 ? seq : undefined;
}

/** Reads an address as the browser has it. `kept` is the state of the history's entry, which anyone may have written. */
export function readAddress(url: URL, kept: unknown): Address {
  const { index, wanted, isLeap } = (typeof kept === 'object' ? (kept as Kept) : null) ?? {};
  return {
    path: url.pathname.replace(/\/+$/, '') || '/',
    href: url.pathname + url.search,
    at: namedBy(url.searchParams.get('m') ?? ''),
    isAnswer: url.searchParams.has('responder'),
    over: url.searchParams.get('abrir') === 'conversa' ? 'conversa' : undefined,
    index: typeof index === 'number' && Number.isSafeInteger(index) ? index : 0,
    // An address of this app, not of another origin (`//evil.example`)
    wanted: typeof wanted === 'string' && /^\/(?!\/)/.test(wanted) ? wanted : undefined,
    isLeap: isLeap === true,
  };
}

const listeners = new Set<() => void>();
const here = (): Address => readAddress(new URL(location.href), history.state);
let latest = 0;
/** The browser makes an entry of its own, without a number, for a link to a part of the page. */
const number = (): void => {
  const { index } = here();
  const isNumbered = (history.state as Kept)?.index !== undefined;
  if (!isNumbered && location.hash !== '') history.replaceState({ index: latest + 1 }, '');
  latest = isNumbered ? index : here().index;
};
const isSame = (one: Address, other: Address): boolean =>
  one.href === other.href && one.index === other.index && one.wanted === other.wanted;
const tell = (): void => {
  for (const listener of listeners) listener();
};

/** Ways to move; each tells whoever follows the address. */
export const ways = {
  /** Where the page is now, also while what is shown is still the page before. */
  here,
  push(href: string): void {
    history.pushState({ index: here().index + 1 }, '', href);
    tell();
  },
  /** By a link from one place to another: this entry remembers where one was (`leaving`), so that the way back leads exactly there. */
  leap(href: string, leaving: string): void {
    const { index } = here();
    history.replaceState({ ...(history.state as Kept), index }, '', leaving);
    history.pushState({ index: index + 1, isLeap: true }, '', href);
    tell();
  },
  /** In the place of this entry. */
  replace(href: string, wanted?: string): void {
    history.replaceState({ index: here().index, ...(wanted === undefined ? {} : { wanted }) }, '', href);
    tell();
  },
  back(): void {
    history.back();
  },
};

const AddressContext = createContext<Address | undefined>(undefined);

/** Follows the address. What it leads to may have to be fetched: until it is there, what was there before stays. */
export function AddressProvider({ children }: { children: ReactNode }) {
  const [address, setAddress] = useState(here);
  useEffect(() => {
    const move = () => {
      number();
      const next = here();
      startTransition(() => setAddress((before) => (isSame(before, next) ? before : next)));
    };
    listeners.add(move);
    window.addEventListener('popstate', move);
    // What is inside may have moved on before this was heard
    move();
    return () => {
      listeners.delete(move);
      window.removeEventListener('popstate', move);
    };
  }, []);
  return <AddressContext value={address}>{children}</AddressContext>;
}

/** The address of what is shown. */
export function useAddress(): Address {
  const address = use(AddressContext);
  if (address === undefined) throw new Error('useAddress outside an AddressProvider');
  return address;
}
