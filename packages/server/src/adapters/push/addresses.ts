/** Where a push may be sent: whoever subscribes names an address, and this server goes there (SSRF; security.md, S4.2 of OWASP's sheet). */
import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { isLoopback } from '../../config/addresses.ts';

/** Everything that is not the open network (IANA special-purpose registries, RFC 6890). */
const CLOSED = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  CLOSED.addSubnet(network, prefix, 'ipv4');

/** Of IPv6 only what is given out to networks is open; inside it are the ways to IPv4 and to documentation. */
const OPEN = new BlockList();
OPEN.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  CLOSED.addSubnet(network, prefix, 'ipv6');

/** Whether an IP address is one of the open network. */
export const isOpen = (address: string): boolean => {
  const family = isIP(address);
  if (family === 4) return !CLOSED.check(address, 'ipv4');
  return family === 6 && OPEN.check(address, 'ipv6') && !CLOSED.check(address, 'ipv6');
};

/** Names that resolvers or networks keep for themselves (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
const OWN = /(?:^|\.)(?:localhost|local|internal|home\.arpa|alt|onion|test|invalid|example)$/u;

/**
 * A push service's address, taken apart: https at its usual port, at a name with a dot and without who one is. With `isLocal`,
 * for tests, this machine too, in clear and at any port. Null: nothing is sent there.
 */
export const pushUrl = (endpoint: string, isLocal: boolean): URL | null => {
  if (!URL.canParse(endpoint)) return null;
  const url = new URL(endpoint);
  const { protocol, hostname, port, username, password } = url;
  if (username !== '' || password !== '' || url.hash !== '') return null;
  if (isLocal && isLoopback(hostname)) return url;
  const isName = isIP(hostname.replace(/^\[|\]$/gu, '')) === 0 && hostname.includes('.') && !hostname.endsWith('.');
  return protocol === 'https:' && port === '' && isName && !OWN.test(hostname) ? url : null;
};

/** Asks name servers. */
type Servers = Pick<Resolver, 'resolve4' | 'resolve6'>;

/** A name server is waited for this long, in ms, and once more for twice as long: less than a push service is. */
const ASKED_MS = 1_500;

/** All addresses of a name; most names have some of one kind only. Rejects where there are none. */
const addressesOf = async (servers: Servers, name: string): Promise<LookupAddress[]> => {
  const [four, six] = await Promise.allSettled([servers.resolve4(name), servers.resolve6(name)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (found.length === 0 && four.status === 'rejected') throw four.reason;
  return found;
};

/**
 * Looks a name up for a connection, and gives back only what is open: the address that was looked at is the one that is gone to,
 * so that a name cannot lead elsewhere the second time. Name servers are asked by this process itself: the system's own way
 * (getaddrinfo) has two of its threads for all names, and keeps them for as long as a server is silent, which anybody's may be.
 */
export const openLookup = (servers: Servers = new Resolver({ timeout: ASKED_MS, tries: 2 })): LookupFunction => {
  const ask = callbackify((name: string) => addressesOf(servers, name));
  return (hostname, options, callback) => {
    ask(hostname, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const open = addresses.filter(({ address }) => isOpen(address));
      const [first] = open;
      if (!first || open.length < addresses.length)
        return callback(new Error('this name leads into a closed network'), '', 0);
      return options.all === true ? callback(null, open) : callback(null, first.address, first.family);
    });
  };
};
