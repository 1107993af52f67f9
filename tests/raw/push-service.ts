/** A push service on this machine, with browsers that can open what comes (RFC 8291 from the receiver's side, written apart from ours). */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A push that came, opened. */
export interface Pushed {
  readonly headers: IncomingHttpHeaders;
  /** Length of what came, sealed. */
  readonly bytes: number;
  readonly note: Record<string, unknown> & { readonly tag: string; readonly title: string; readonly body: string };
}

/** A browser's subscription, as its page hands it on, and what came to it. */
export interface Browser {
  readonly subscription: { readonly endpoint: string; readonly p256dh: string; readonly auth: string };
  readonly pushed: readonly Pushed[];
  /** How the next ones are answered, one after the other; then 201. */
  answer(...answers: readonly (number | { readonly status: number; readonly headers: Record<string, string> })[]): void;
}

/** The service. */
export interface PushService {
  readonly url: string;
  /** Requests that came, whatever became of them. */
  readonly requests: () => number;
  browser(): Browser;
  /** Resolves when so many have come to a browser. */
  until(browser: Browser, count: number): Promise<readonly Pushed[]>;
  close(): Promise<void>;
}

/** Opens a body as a browser does. Throws for what is not for it. */
export const openPush = (body: Buffer, privateKey: Buffer, auth: Buffer): Buffer => {
  const keys = createECDH('prime256v1');
  keys.setPrivateKey(privateKey);
  const salt = body.subarray(0, 16);
  const idBytes = body.readUInt8(20);
  const sender = body.subarray(21, 21 + idBytes);
  const sealed = body.subarray(21 + idBytes);
  if (sealed.length > body.readUInt32BE(16)) throw new Error('more than one record');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
  const ikm = Buffer.from(hkdfSync('sha256', keys.computeSecret(sender), auth, info, 32));
  const cek = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
  const decipher = createDecipheriv('aes-128-gcm', cek, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== 2) throw new Error('the last record ends with 2');
  return padded.subarray(0, end);
};

/** Whether who asks has signed for this service (RFC 8292 §2). */
export const isSignedFor = (origin: string, header: string | undefined): boolean => {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/u.exec(header ?? '') ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65) return false;
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const { aud, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string; exp: number };
  const left = exp - Date.now() / 1000;
  return (
    aud === origin &&
    left > 0 &&
    left <= 24 * 3_600 &&
    verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ format: 'jwk', key: jwk }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
  );
};

/** Opens one on any free port. */
export const openPushService = async (): Promise<PushService> => {
  const hearers = new Set<() => void>();
  const browsers = new Map<string, (headers: IncomingHttpHeaders, body: Buffer) => [number, Record<string, string>]>();
  let requests = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests += 1;
      const take = browsers.get(request.url ?? '');
      const [status, headers] = take ? take(request.headers, Buffer.concat(chunks)) : [404, {}];
      response.writeHead(status, headers).end('a service may say what it likes');
      for (const hear of hearers) hear();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const browser = (): Browser => {
    const keys = createECDH('prime256v1');
    keys.generateKeys();
    const auth = randomBytes(16);
    const path = `/send/${randomBytes(12).toString('base64url')}`;
    const pushed: Pushed[] = [];
    const answers: [number, Record<string, string>][] = [];
    browsers.set(path, (headers, body) => {
      if (!isSignedFor(url, headers.authorization)) return [403, {}];
      const next = answers.shift();
      if (next) return next;
      const note = JSON.parse(openPush(body, keys.getPrivateKey(), auth).toString()) as Pushed['note'];
      pushed.push({ headers, bytes: body.length, note });
      return [201, {}];
    });
    return {
      subscription: {
        endpoint: `${url}${path}`,
        p256dh: keys.getPublicKey('base64url'),
        auth: auth.toString('base64url'),
      },
      pushed,
      answer: (...next) => {
        answers.push(
          ...next.map((one): [number, Record<string, string>] =>
            typeof one === 'number' ? [one, {}] : [one.status, one.headers],
          ),
        );
      },
    };
  };

  return {
    url,
    requests: () => requests,
    browser,
    until: ({ pushed }, count) =>
      new Promise((resolve) => {
        const hear = (): void => {
          if (pushed.length < count) return;
          hearers.delete(hear);
          resolve(pushed);
        };
        hearers.add(hear);
        hear();
      }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
