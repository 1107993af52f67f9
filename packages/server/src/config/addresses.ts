/** What an address, an origin and a trusted proxy are, and which addresses stay on this machine. */
import { isIP } from 'node:net';

/** Whether a host name or IP address can only be reached from this machine (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3, RFC 6761 §6.3). */
export const isLoopback = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$/gu, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
};

/** What is said of links that begin with an address of this machine; null where others can open them. */
export const linksStayHere = (publicUrl: string): { readonly says: string; readonly todo: string } | null =>
  isLoopback(new URL(publicUrl).hostname)
    ? {
        says: `Links, as of invitations, begin with ${publicUrl}: they open on this computer only.`,
        todo: 'Set PUBLIC_URL to the https address that people use; see “Letting others in” in docs/guides/run.md.',
      }
    : null;

/** A host name (RFC 1123 §2.1) or an IP address, without brackets or port. */
export const isHost = (text: string): boolean =>
  isIP(text) !== 0 ||
  (text.length <= 253 &&
    /^(?!-)[a-z\d-]{1,63}(?<!-)(\.(?!-)[a-z\d-]{1,63}(?<!-))*$/iu.test(text) &&
    !/^[\d.]+$/u.test(text));

/** An origin exactly as a browser sends it: lower case, no default port, no slash at the end (RFC 6454 §6.1). */
export const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, origin, hostname } = new URL(text);
  return (
    (protocol === 'http:' || protocol === 'https:') && origin === text && isHost(hostname.replace(/^\[|\]$/gu, ''))
  );
};

/** An IP address, or a network as address/prefix. A prefix of 0 would trust the whole Internet, so it is none. */
export const isProxy = (text: string): boolean => {
  const [address = '', prefix, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d{0,2}$/u.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
};

/** Whether a text is the address of a PostgreSQL database: a server or a socket directory, and a name. */
export const isDatabaseUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, searchParams } = new URL(text);
  return (
    (protocol === 'postgres:' || protocol === 'postgresql:') &&
    (hostname !== '' || searchParams.has('host')) &&
    pathname.length > 1
  );
};

/**
 * A NATS server as `nats://host:port` or `tls://name:port`; who we are there is never in it. By TLS it has a name, since that is
 * what its certificate is held against. In clear it stays on this machine: a password would cross the network otherwise.
 */
export const isNatsServer = (text: string): boolean => {
  if (!/^(nats|tls):\/\/[^/?#@]+$/u.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  const host = hostname.replace(/^\[|\]$/gu, '');
  return isHost(host) && (protocol === 'tls:' ? isIP(host) === 0 : isLoopback(host));
};

/** An OpenID provider's issuer (OpenID Connect Discovery §3): https, in clear on this machine only. */
export const isIssuer = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username } = new URL(text);
  return (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) && search + hash + username === '';
};

/** A mail server as `smtp://` (with STARTTLS where it offers that) or `smtps://`, with user and password where it asks for them. */
export const isMailServer = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search } = new URL(text);
  const host = hostname.replace(/^\[|\]$/gu, '');
  return (protocol === 'smtp:' || protocol === 'smtps:') && isHost(host) && /^\/?$/u.test(pathname) && search === '';
};

/** An address that letters are from: `school@example.org`, or `Name <school@example.org>`. */
export const isSender = (text: string): boolean =>
  /^(?:[^<>@"\p{C}]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u.test(text) && text.length <= 320;

/** A database's address without what opens it: no password, and no parameter that could hold one. */
export const withoutPassword = (databaseUrl: string): string => {
  const { protocol, username, host, pathname, searchParams } = new URL(databaseUrl);
  const socket = searchParams.get('host');
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}${socket === null ? '' : `?host=${socket}`}`;
};
