/** A real mail server on this machine, of as much of RFC 5321 as a sender needs: it keeps what comes, and refuses when told to. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A letter that came. */
export interface Received {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The server. */
export interface Postbox {
  readonly url: string;
  readonly letters: readonly Received[];
  /** The next so many letters are refused for now (451). */
  refuse(times: number): void;
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

const read = (to: string, raw: string): Received => {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const headers = head.replace(/\r\n[ \t]+/gu, ' ');
  const body = rest.join('\r\n\r\n');
  const encoding = /^content-transfer-encoding: (.*)$/imu.exec(headers)?.[1]?.trim().toLowerCase();
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString()
      : encoding === 'quoted-printable'
        ? Buffer.from(unquote(body), 'latin1').toString()
        : body;
  return { to, subject: decodeWord(/^subject: (.*)$/imu.exec(headers)?.[1] ?? ''), text };
};

/** Opens one on any free port. */
export const openPostbox = async (): Promise<Postbox> => {
  const letters: Received[] = [];
  const sockets = new Set<Socket>();
  let refusals = 0;
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
          say('250 kept');
        }
        return;
      }
      if (/^(EHLO|HELO)/iu.test(line)) say('250 postbox');
      else if (/^MAIL FROM:/iu.test(line)) {
        refusals -= 1;
        say(refusals >= 0 ? '451 not now' : '250 ok');
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
    refuse: (times) => {
      refusals = times;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
