/** A real mail server on this machine, of as much of RFC 5321 as a sender needs: it keeps what comes, and refuses when told to. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A letter that came. */
export interface Received {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The page, of a letter that is one besides. */
  readonly html: string | null;
  /** A header's value, unfolded; null: it has none of that name. */
  header(name: string): string | null;
}

/** The server. */
export interface Postbox {
  readonly url: string;
  readonly letters: readonly Received[];
  /** The next so many letters are refused: for now (451), or with this number. */
  refuse(times: number, code?: number): void;
  /** Letters from now on are kept, and nobody is told: their sender waits for the word. */
  holdBack(isHeld: boolean): void;
  close(): Promise<void>;
}

const decodeWord = (text: string): string =>
  text.replace(/=\?utf-8\?(q|b)\?(.*?)\?=\s*/giu, (_, how: string, word: string) =>
    how.toLowerCase() === 'b'
      ? Buffer.from(word, 'base64').toString()
      : Buffer.from(unquote(word.replaceAll('_', ' ')), 'latin1').toString(),
  );
const unquote = (text: string): string =>
  text
    .replace(/=\r?\n/gu, '')
    .replace(/=([\dA-F]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const valueOf = (headers: string, name: string): string | null =>
  new RegExp(`^${name}: (.*)$`, 'imu').exec(headers)?.[1]?.trim() ?? null;

/** Headers, unfolded, and what comes after them. */
const taken = (raw: string): { readonly headers: string; readonly body: string } => {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  return { headers: head.replace(/\r\n[ \t]+/gu, ' '), body: rest.join('\r\n\r\n') };
};

/** Texts of a letter or of a part of one, by their type. */
const textsOf = (raw: string): ReadonlyMap<string, string> => {
  const { headers, body } = taken(raw);
  const type = valueOf(headers, 'content-type') ?? 'text/plain';
  const boundary = /boundary="(.*?)"/u.exec(type)?.[1];
  if (boundary !== undefined)
    return new Map(
      body
        .split(`--${boundary}`)
        .slice(1, -1)
        .flatMap((part) => [...textsOf(part.replace(/^\r\n/u, ''))]),
    );
  const encoding = valueOf(headers, 'content-transfer-encoding')?.toLowerCase();
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : encoding === 'quoted-printable'
        ? Buffer.from(unquote(body), 'latin1').toString()
        : body;
  return new Map([[type.split(';')[0] ?? '', text.replaceAll('\r\n', '\n')]]);
};

const read = (to: string, raw: string): Received => {
  const { headers } = taken(raw);
  const texts = textsOf(raw);
  return {
    to,
    subject: decodeWord(valueOf(headers, 'subject') ?? ''),
    text: texts.get('text/plain') ?? '',
    html: texts.get('text/html') ?? null,
    header: (name) => valueOf(headers, name),
  };
};

/** Opens one on any free port. */
export const openPostbox = async (): Promise<Postbox> => {
  const letters: Received[] = [];
  const sockets = new Set<Socket>();
  let refusals = { times: 0, code: 451 };
  let isHeld = false;
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    let to = '';
    let data: string | null = null;
    let buffer = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string): void => {
      if (data !== null) {
        if (line !== '.') data += `${line.replace(/^\.\./u, '.')}\r\n`;
        else {
          letters.push(read(to, data));
          data = null;
          if (!isHeld) say('250 kept');
        }
        return;
      }
      if (/^(EHLO|HELO)/iu.test(line)) say('250 postbox');
      else if (/^MAIL FROM:/iu.test(line)) {
        refusals.times -= 1;
        say(refusals.times >= 0 ? `${refusals.code} no` : '250 ok');
      } else if (/^RCPT TO:/iu.test(line)) {
        to = /<(.*)>/u.exec(line)?.[1] ?? '';
        say('250 ok');
      } else if (/^DATA/iu.test(line)) {
        data = '';
        say('354 go on');
      } else if (/^QUIT/iu.test(line)) {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    };
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      buffer += chunk;
      for (let at = buffer.indexOf('\r\n'); at >= 0; at = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, at);
        buffer = buffer.slice(at + 2);
        hear(line);
      }
    });
    say('220 postbox');
  };
  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    refuse: (times, code = 451) => {
      refusals = { times, code };
    },
    holdBack: (held) => {
      isHeld = held;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
