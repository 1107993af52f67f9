import { COMMANDS, problem } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { NoAnswerError, ProblemError } from './errors.ts';
import { createHttp, requestFor } from './http.ts';

const room = '00000000-0000-7000-8000-000000000001';

const httpWith = (respond: (init: RequestInit) => Response | Promise<Response>, token?: string) => {
  const seen: { url: string; init: RequestInit }[] = [];
  const http = createHttp({
    url: 'https://chat.example',
    clock: systemClock,
    cookies: token === undefined,
    token: () => token,
    account: () => room,
    fetch: async (url, init) => {
      seen.push({ url, init });
      return respond(init);
    },
  });
  return { http, seen };
};

describe('commands over HTTP', () => {
  test('[R13] members go to the path, the query or the body, as the declaration says', () => {
    expect(requestFor(COMMANDS['messages.page'], { room, before: 9, after: undefined, limit: 50 })).toEqual({
      method: 'GET',
      path: `/api/rooms/${room}/messages?before=9&limit=50`,
    });
    expect(requestFor(COMMANDS['rooms.directory'], { text: 'vértice & cia' }).path).toBe(
      '/api/rooms?text=v%C3%A9rtice+%26+cia',
    );
    expect(requestFor(COMMANDS['messages.unreact'], { room, message: room, emoji: '👍' })).toEqual({
      method: 'DELETE',
      path: `/api/rooms/${room}/messages/${room}/reactions?emoji=%F0%9F%91%8D`,
    });
    expect(requestFor(COMMANDS['messages.markRead'], { room, seq: 7 })).toEqual({
      method: 'PUT',
      path: `/api/rooms/${room}/read`,
      body: '{"seq":7}',
    });
    expect(() => requestFor(COMMANDS['messages.page'], {})).toThrow('needs the member "room"');
  });

  test('[R13] every command can be asked for', () => {
    for (const command of Object.values(COMMANDS)) {
      const input = Object.fromEntries(Object.keys(command.input.properties).map((name) => [name, room]));
      expect(requestFor(command, input).path).not.toContain(':');
    }
  });

  test('[R8] [R9] [R10] a token goes in its header and nowhere else, what changes something says its type', async () => {
    const { http, seen } = httpWith(() => Response.json({}), 'a-token');
    await http('accounts.unblock', { account: room });
    expect(seen[0]?.init).toMatchObject({
      credentials: 'omit',
      redirect: 'error',
      headers: { authorization: 'Bearer a-token', 'content-type': 'application/json' },
    });
    expect(seen[0]?.url).not.toContain('a-token');
    const withCookie = httpWith(() => Response.json({}));
    await withCookie.http('accounts.me', {});
    expect(withCookie.seen[0]?.init).toMatchObject({ credentials: 'include', method: 'GET' });
  });

  test('[R14] a refusal is a ProblemError, anything that is not an answer of this server is none', async () => {
    const refusal = new Response(JSON.stringify(problem('muted', { until: null })), { status: 403 });
    await expect(httpWith(() => refusal).http('accounts.me', {})).rejects.toMatchObject({
      problem: { code: 'muted', until: null },
    });
    const proxy = () => new Response('<h1>Bad gateway</h1>', { status: 502 });
    await expect(httpWith(proxy).http('accounts.me', {})).rejects.toBeInstanceOf(NoAnswerError);
    const strange = () => Response.json({ oops: true }, { status: 500 });
    await expect(httpWith(strange).http('accounts.me', {})).rejects.toBeInstanceOf(NoAnswerError);
    const down = () => Promise.reject(new TypeError('fetch failed'));
    await expect(httpWith(down).http('accounts.me', {})).rejects.toBeInstanceOf(NoAnswerError);
    expect(new ProblemError(problem('busy')).message).toContain('busy');
  });
});
