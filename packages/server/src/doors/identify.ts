/** Who knocks: a session by cookie or bearer token, never by URL (docs/protocol.md R8–R10, R56; security S1, S2, S10, S18, S19). */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Actor, Caller, Memory, Secrets } from '@recreio/core';

/** What identification needs. */
export interface IdentifyParts {
  readonly memory: Memory;
  readonly secrets: Secrets;
  readonly cookieName: string;
  /** Exact origins, as browsers write them. */
  readonly allowedOrigins: ReadonlySet<string>;
  /** Hosts this server answers for, with port where it is not the scheme's own. */
  readonly allowedHosts: ReadonlySet<string>;
  readonly trustedProxies: readonly string[];
  /** Whether people come through the proxies only: then plain HTTP from anywhere else is turned away, this machine excepted. */
  readonly proxiedOnly: boolean;
}

const firstOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/** The value of one cookie; a cookie given twice counts as none (which is meant cannot be known). */
const cookieOf = (header: string | undefined, name: string): string | null => {
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`));
  return found.length === 1 ? (found[0]?.slice(name.length + 1) ?? null) : null;
};

/** The browser and system in a few words, from the User-Agent; good enough to recognise one's own devices. */
export const deviceOf = (agent: string | undefined): string => {
  const text = agent ?? '';
  const browser = /Edg\//u.test(text)
    ? 'Edge'
    : /OPR\//u.test(text)
      ? 'Opera'
      : /Firefox\//u.test(text)
        ? 'Firefox'
        : /Chrom(e|ium)\//u.test(text)
          ? 'Chrome'
          : /Safari\//u.test(text)
            ? 'Safari'
            : '';
  const system = /Android/u.test(text)
    ? 'Android'
    : /iPhone|iPad/u.test(text)
      ? 'iOS'
      : /Windows/u.test(text)
        ? 'Windows'
        : /Mac OS X/u.test(text)
          ? 'macOS'
          : /CrOS/u.test(text)
            ? 'ChromeOS'
            : /Linux/u.test(text)
              ? 'Linux'
              : '';
  return [browser, system].filter(Boolean).join(' · ') || 'Recreio';
};

const proxyList = (proxies: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
};

/** What counts as one address: of IPv6 the /64, since one subscriber has at least that many addresses to himself (RFC 6177 §2). */
export const networkOf = (address: string): string => {
  if (isIP(address) !== 6) return address;
  const [left = [], right = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...zeros, ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
};

/** Makes the identification of a door. */
export const identification = (parts: IdentifyParts) => {
  const proxies = proxyList(parts.trustedProxies);
  const isProxy = (address: string): boolean =>
    isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

  /** Where a request comes from, as it is counted; the last address a trusted proxy vouches for. Forwarding headers of anybody else are not read. */
  const addressOf = (request: IncomingMessage): string => {
    let address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/u, '');
    const hops = (firstOf(request.headers['x-forwarded-for']) ?? '')
      .split(',')
      .map((hop) => hop.trim())
      .filter(Boolean);
    while (isProxy(address) && hops.length > 0) address = hops.pop() ?? address;
    return networkOf(address);
  };

  const byToken = async (token: string, request: IncomingMessage): Promise<Actor | null> => {
    const actor = token.length > 200 ? null : await parts.memory.accounts.byToken(parts.secrets.hashToken(token));
    const meant = firstOf(request.headers['recreio-account']);
    return meant === undefined || meant === actor?.account ? actor : null;
  };

  return {
    addressOf,
    /** Whether an Origin is one of ours, to the letter. */
    isAllowedOrigin: (origin: string | undefined): boolean => origin !== undefined && parts.allowedOrigins.has(origin),
    /** Whether the peer may speak plain HTTP to us. */
    isAllowedPeer: (request: IncomingMessage): boolean => {
      const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/u, '');
      return !parts.proxiedOnly || isProxy(peer) || peer === '::1' || peer.startsWith('127.');
    },
    /** Whether the Host is one of ours. */
    isAllowedHost: (host: string | undefined): boolean =>
      host !== undefined && parts.allowedHosts.has(host.toLowerCase()),
    /** The caller of a request. A bearer token, where there is one, is the only credential looked at. */
    identify: async (request: IncomingMessage): Promise<Caller> => {
      const stranger = { actor: null, address: addressOf(request), device: deviceOf(request.headers['user-agent']) };
      const bearer = /^Bearer ([\w-]{20,})$/u.exec(request.headers.authorization ?? '')?.[1];
      if (bearer !== undefined) return { ...stranger, actor: await byToken(bearer, request) };
      const cookie = cookieOf(request.headers.cookie, parts.cookieName);
      if (cookie === null) return stranger;
      return { ...stranger, actor: await byToken(cookie, request), byCookie: true };
    },
  };
};

/** The identification of a door. */
export type Identification = ReturnType<typeof identification>;
