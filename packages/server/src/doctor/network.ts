/** Findings about the port, the public address and what stands before it, certificates, and the bus. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, isIP } from 'node:net';
import { type Config, publicUrlOf } from '../config.ts';
import { linksStayHere } from '../config/addresses.ts';
import { assertPortIsFree } from '../doors/port.ts';
import { type Finding, ok, reasonOf, warning, wrong } from './finding.ts';

/** How long anything on the network is waited for, in ms. */
const PATIENCE_MS = 4_000;
const DAY_MS = 86_400_000;
/** Renewal clients renew 30 days before the end; with two weeks left something does not work. */
const SOON_DAYS = 14;

/** All of them; what depends on the network is asked at the same time. @param now ms since the Unix epoch */
export const networkFindings = async (config: Config, now: number): Promise<Finding[]> =>
  (
    await Promise.all([
      portFinding(config),
      Promise.resolve(certificateFindings(config, now)),
      Promise.resolve(linkFindings(config)),
      Promise.resolve(pushFindings(config)),
      publicFindings(config),
      busFindings(config),
    ])
  ).flat();

const portFinding = async ({ port, host, tls }: Config): Promise<Finding> => {
  const where = `port ${port} of ${host}`;
  try {
    await assertPortIsFree(port, host);
    return ok('port', `Nobody listens on ${where}: a start can have it.`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (
      code === 'EADDRINUSE' &&
      tls === null &&
      (await isAlive(`http://${host.includes(':') ? `[${host}]` : host}:${port}`))
    )
      return ok('port', `Recreio listens on ${where}.`);
    if (code === 'EADDRINUSE' && tls !== null)
      return ok('port', `Somebody listens on ${where}, this server if it runs.`);
    if (code === 'EADDRINUSE')
      return wrong('port', `Another program listens on ${where}.`, 'Stop that one, or set PORT to another.');
    return wrong(
      'port',
      `${where}: ${reasonOf(error)}`,
      'Set HOST to an address of this machine and PORT to one this user may use.',
    );
  }
};

const isAlive = async (origin: string): Promise<boolean> => {
  try {
    const answer = await fetch(`${origin}/livez`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return ((await answer.json()) as { status?: unknown }).status !== undefined;
  } catch {
    return false; // whoever listens there is not us
  }
};

/** What is right and wrong with the certificate of this process. */
export const certificateFindings = ({ tls, publicUrl }: Config, now: number): Finding[] => {
  if (tls === null) return [];
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(readFileSync(tls.certFile));
    if (!certificate.checkPrivateKey(createPrivateKey(readFileSync(tls.keyFile))))
      return [
        wrong(
          'certificate',
          `${tls.keyFile} is not the key of ${tls.certFile}.`,
          'Point TLS_CERT_FILE and TLS_KEY_FILE to a pair that belongs together.',
        ),
      ];
  } catch (error) {
    return [
      wrong(
        'certificate',
        `TLS_CERT_FILE, TLS_KEY_FILE: ${reasonOf(error)}`,
        'Both must be PEM files that this user may read.',
      ),
    ];
  }
  const found: Finding[] = [];
  const days = Math.floor((certificate.validToDate.getTime() - now) / DAY_MS);
  const until = certificate.validToDate.toISOString().slice(0, 10);
  const renew = 'Renew it; a running server takes new files within a minute, without a restart.';
  if (certificate.validFromDate.getTime() > now)
    found.push(
      wrong(
        'certificate',
        `The certificate is valid only from ${certificate.validFrom} on.`,
        'See that the clock of this machine is right.',
      ),
    );
  else if (days < 0) found.push(wrong('certificate', `The certificate ended on ${until}.`, renew));
  else if (days < SOON_DAYS)
    found.push(warning('certificate', `The certificate ends in ${days} days, on ${until}.`, renew));
  else found.push(ok('certificate', `The certificate is good until ${until}.`));
  const host = publicUrl === null ? null : new URL(publicUrl).hostname;
  const bare = host?.replace(/^\[|\]$/gu, '') ?? '';
  const isFor = (isIP(bare) === 0 ? certificate.checkHost(bare) : certificate.checkIP(bare)) !== undefined;
  if (host !== null && !isFor)
    found.push(
      wrong(
        'certificate-name',
        `The certificate is not for ${host}, which PUBLIC_URL names.`,
        'Get one for that name, or correct PUBLIC_URL.',
      ),
    );
  return found;
};

/** Asks by the way that people take. Where nothing runs yet, nobody answers, which is no fault of the way. */
const publicFindings = async ({ publicUrl, trustedProxies }: Config): Promise<Finding[]> => {
  if (publicUrl === null) return [];
  let answer: Response;
  try {
    answer = await fetch(`${publicUrl}/api/welcome`, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return [
      warning(
        'public-url',
        `Nobody answers at ${publicUrl} from here: ${reasonOf(cause)}`,
        'If Recreio runs, see that the name leads to the proxy, that the proxy has a good certificate, and that the firewall lets people in. (Some networks do not let a machine call its own public address.)',
      ),
    ];
  }
  if (answer.status === 200) return [ok('public-url', `${publicUrl} leads to Recreio.`)];
  if (answer.status === 421)
    return [
      wrong(
        'public-url',
        `The proxy at ${publicUrl} does not say for whom it asks: Recreio refuses with 421.`,
        trustedProxies.length === 0
          ? 'Set TRUSTED_PROXIES to the proxy’s address.'
          : 'Let it pass `Host` on as it came and set `X-Forwarded-Proto` and `X-Forwarded-For`, and see that its address is in TRUSTED_PROXIES.',
      ),
    ];
  if (answer.status >= 502 && answer.status <= 504)
    return [
      warning(
        'public-url',
        `The proxy at ${publicUrl} answers ${answer.status}: it does not reach Recreio.`,
        'Start Recreio, or point the proxy to HOST and PORT.',
      ),
    ];
  return [
    wrong(
      'public-url',
      `${publicUrl} answers ${answer.status}, which is not Recreio.`,
      'Point the proxy to HOST and PORT, for all paths.',
    ),
  ];
};

/** Whether others can open the links that are handed to them; in the demo nobody else is meant to. */
export const linkFindings = (config: Config): Finding[] => {
  if (config.demo) return [];
  if (config.publicUrl === null && config.port === 0)
    return [
      warning(
        'links',
        'Links begin with another port after each start: PORT is 0, which takes any free one.',
        'Set PORT, and PUBLIC_URL to the address that people use.',
      ),
    ];
  const publicUrl = publicUrlOf(config, config.port);
  const here = linksStayHere(publicUrl);
  return [here === null ? ok('links', `Links begin with ${publicUrl}.`) : warning('links', here.says, here.todo)];
};

/** Whether browsers would let a device be called (Secure Contexts: https, or this machine itself). */
export const pushFindings = ({
  publicUrl,
  tls,
  pushLocal,
}: Pick<Config, 'publicUrl' | 'tls' | 'pushLocal'>): Finding[] => {
  if (pushLocal)
    return [
      warning(
        'push',
        'RECREIO_PUSH_LOCAL is set: push services may be on this machine.',
        'Leave it out: whoever signs in could have requests sent to the ports of this machine.',
      ),
    ];
  const isSecure = publicUrl === null ? tls !== null : publicUrl.startsWith('https:');
  return [
    ok(
      'push',
      isSecure
        ? 'Devices can be called where the school switches it on; the firewall must let this server out to port 443.'
        : 'Devices can be called on this machine only: browsers want https for it.',
    ),
  ];
};

/** Whether each server of the bus can be reached; without it nothing is lost, and news is up to three seconds late. */
const busFindings = async ({ bus }: Config): Promise<Finding[]> =>
  bus.kind !== 'nats'
    ? []
    : await Promise.all(
        bus.servers.map(async (server) => {
          const { hostname, port } = new URL(server);
          const reached = await reaches(hostname, Number(port || 4222));
          return reached === null
            ? ok('nats', `${hostname} can be reached.`)
            : warning(
                'nats',
                `${hostname} cannot be reached: ${reached}`,
                'See NATS_URL and the firewall. Until then servers tell each other by the database, up to three seconds late.',
              );
        }),
      );

/** Null, or why not. */
const reaches = (host: string, port: number): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[|\]$/gu, ''), port, timeout: PATIENCE_MS });
    const end = (reason: string | null): void => {
      socket.destroy();
      resolve(reason);
    };
    socket
      .once('connect', () => end(null))
      .once('timeout', () => end('no answer'))
      .once('error', (error) => end(reasonOf(error)));
  });
