import type { WireOutput } from './wire.ts';

/** What a request carries. `body` is sent as JSON unless it is text already. */
export interface Asking {
  readonly token?: string;
  readonly cookie?: string;
  readonly origin?: string;
  readonly type?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** What came back. `body` is what JSON there was, else empty. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: WireOutput;
}

/** One HTTP request, answered or not: rejects when no answer came. */
export async function ask(base: string, method: string, path: string, asking: Asking = {}): Promise<Answer> {
  const { token, cookie, origin, body } = asking;
  const headers: Record<string, string> = { ...asking.headers };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (cookie !== undefined) headers['cookie'] = cookie;
  if (origin !== undefined) headers['origin'] = origin;
  if (body !== undefined) headers['content-type'] = asking.type ?? 'application/json';
  const answer = await fetch(`${base}${path}`, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(asking.timeoutMs ?? 15_000),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, headers: answer.headers, text, body: isJson ? (JSON.parse(text) as WireOutput) : {} };
}

/** Method and path of the commands that the tests use, copied by hand from docs/generated/openapi.json. */
const ROUTES: Readonly<Record<string, readonly [string, string]>> = {
  'accounts.ticket': ['POST', '/api/tickets'],
  'accounts.me': ['GET', '/api/me'],
  'accounts.updateMe': ['PATCH', '/api/me'],
  'accounts.sessions': ['GET', '/api/sessions'],
  'accounts.revokeSession': ['DELETE', '/api/sessions/:session'],
  'accounts.invite': ['POST', '/api/admin/people'],
  'accounts.list': ['GET', '/api/admin/people'],
  'accounts.update': ['PATCH', '/api/admin/people/:account'],
  'accounts.resetLink': ['POST', '/api/admin/people/:account/reset'],
  'accounts.disable': ['POST', '/api/admin/people/:account/disable'],
  'accounts.enable': ['POST', '/api/admin/people/:account/enable'],
  'accounts.profiles': ['POST', '/api/people/lookup'],
  'accounts.find': ['GET', '/api/people'],
  'accounts.block': ['PUT', '/api/blocks/:account'],
  'accounts.unblock': ['DELETE', '/api/blocks/:account'],
  'lessons.courses': ['GET', '/api/courses'],
  'courses.list': ['GET', '/api/admin/courses'],
  'courses.get': ['GET', '/api/courses/:course'],
  'courses.create': ['POST', '/api/admin/courses'],
  'courses.update': ['PATCH', '/api/admin/courses/:course'],
  'courses.putLesson': ['PUT', '/api/courses/:course/lessons/:lesson'],
  'courses.removeLesson': ['DELETE', '/api/courses/:course/lessons/:lesson'],
  'courses.people': ['GET', '/api/courses/:course/people'],
  'courses.enrol': ['POST', '/api/admin/courses/:course/people'],
  'courses.unenrol': ['DELETE', '/api/admin/courses/:course/people/:account'],
  'accounts.import': ['POST', '/api/admin/people/import'],
  'joining.asks': ['GET', '/api/admin/joining'],
  'joining.admit': ['POST', '/api/admin/joining/:ask/admission'],
  'joining.decline': ['DELETE', '/api/admin/joining/:ask'],
  'school.get': ['GET', '/api/school'],
  'school.update': ['PATCH', '/api/admin/school'],
  'school.setLogo': ['PUT', '/api/admin/school/logo'],
  'health.get': ['GET', '/api/admin/health'],
  'rooms.all': ['GET', '/api/admin/rooms'],
  'rooms.entrust': ['PUT', '/api/admin/rooms/:room/owner'],
  'accounts.sessionsOf': ['GET', '/api/admin/people/:account/sessions'],
  'accounts.endSessionsOf': ['DELETE', '/api/admin/people/:account/sessions'],
  'audit.list': ['GET', '/api/admin/audit'],
  'accounts.factors': ['GET', '/api/me/factors'],
  'accounts.stepUp': ['POST', '/api/sessions/current/proof'],
  'accounts.beginTotp': ['POST', '/api/me/totp'],
  'accounts.confirmTotp': ['POST', '/api/me/totp/confirmation'],
  'accounts.removeTotp': ['DELETE', '/api/me/totp'],
  'accounts.newRecoveryCodes': ['POST', '/api/me/recovery-codes'],
  'accounts.beginPasskey': ['POST', '/api/me/passkeys/challenges'],
  'accounts.addPasskey': ['POST', '/api/me/passkeys'],
  'accounts.removePasskey': ['DELETE', '/api/me/passkeys/:passkey'],
  'accounts.resetFactors': ['POST', '/api/admin/people/:account/factors/reset'],
  'rooms.create': ['POST', '/api/rooms'],
  'rooms.update': ['PATCH', '/api/rooms/:room'],
  'rooms.get': ['GET', '/api/rooms/:room'],
  'rooms.mine': ['GET', '/api/me/rooms'],
  'rooms.directory': ['GET', '/api/rooms'],
  'rooms.archive': ['PUT', '/api/rooms/:room/archive'],
  'rooms.categories': ['GET', '/api/categories'],
  'rooms.setCategories': ['PUT', '/api/admin/categories'],
  'members.transfer': ['POST', '/api/rooms/:room/transfer'],
  'invitations.make': ['POST', '/api/rooms/:room/invitations'],
  'invitations.list': ['GET', '/api/rooms/:room/invitations'],
  'invitations.revoke': ['DELETE', '/api/rooms/:room/invitations/:invitation'],
  'invitations.read': ['POST', '/api/invitations/read'],
  'invitations.redeem': ['POST', '/api/rooms/:room/invitations/redeem'],
  'rooms.openDirect': ['POST', '/api/directs'],
  'rooms.openGroup': ['POST', '/api/groups'],
  'rooms.askings': ['GET', '/api/me/askings'],
  'members.list': ['GET', '/api/rooms/:room/members'],
  'members.join': ['POST', '/api/rooms/:room/join'],
  'members.leave': ['POST', '/api/rooms/:room/leave'],
  'members.add': ['POST', '/api/rooms/:room/members'],
  'members.remove': ['DELETE', '/api/rooms/:room/members/:account'],
  'members.setRole': ['PUT', '/api/rooms/:room/members/:account/role'],
  'members.mute': ['POST', '/api/rooms/:room/members/:account/mute'],
  'members.unmute': ['DELETE', '/api/rooms/:room/members/:account/mute'],
  'members.ban': ['POST', '/api/rooms/:room/members/:account/ban'],
  'members.unban': ['DELETE', '/api/rooms/:room/members/:account/ban'],
  'messages.send': ['POST', '/api/rooms/:room/messages'],
  'messages.edit': ['PATCH', '/api/rooms/:room/messages/:message'],
  'messages.remove': ['DELETE', '/api/rooms/:room/messages/:message'],
  'messages.react': ['PUT', '/api/rooms/:room/messages/:message/reactions'],
  'messages.unreact': ['DELETE', '/api/rooms/:room/messages/:message/reactions'],
  'messages.locate': ['GET', '/api/rooms/:room/first-message'],
  'messages.pin': ['PUT', '/api/rooms/:room/messages/:message/pin'],
  'messages.unpin': ['DELETE', '/api/rooms/:room/messages/:message/pin'],
  'messages.pins': ['GET', '/api/rooms/:room/pins'],
  'messages.history': ['GET', '/api/rooms/:room/messages/:message/history'],
  'drafts.put': ['PUT', '/api/rooms/:room/draft'],
  'drafts.mine': ['GET', '/api/me/drafts'],
  'messages.save': ['PUT', '/api/rooms/:room/messages/:message/saved'],
  'messages.unsave': ['DELETE', '/api/me/saved/:message'],
  'messages.saved': ['GET', '/api/me/saved'],
  'messages.tidySaved': ['POST', '/api/me/saved/tidy'],
  'messages.page': ['GET', '/api/rooms/:room/messages'],
  'messages.get': ['POST', '/api/rooms/:room/messages/lookup'],
  'messages.markRead': ['PUT', '/api/rooms/:room/read'],
  'messages.markUnread': ['PUT', '/api/rooms/:room/unread'],
  'threads.follow': ['PUT', '/api/rooms/:room/threads/:thread/follow'],
  'threads.unfollow': ['DELETE', '/api/rooms/:room/threads/:thread/follow'],
  'threads.markRead': ['PUT', '/api/rooms/:room/threads/:thread/read'],
  'threads.mine': ['GET', '/api/threads'],
  'streams.read': ['GET', '/api/rooms/:room/events'],
  'streams.readMine': ['GET', '/api/me/events'],
  'notifications.setRoom': ['PUT', '/api/rooms/:room/notifications'],
  'notifications.setCalm': ['PATCH', '/api/me/calm'],
  'notices.require': ['PUT', '/api/rooms/:room/messages/:message/notice'],
  'notices.withdraw': ['DELETE', '/api/rooms/:room/messages/:message/notice'],
  'notices.confirm': ['PUT', '/api/rooms/:room/messages/:message/notice/confirmation'],
  'notices.mine': ['GET', '/api/me/notices'],
  'notices.state': ['GET', '/api/rooms/:room/messages/:message/notice'],
  'notifications.inbox': ['GET', '/api/me/inbox'],
  'notifications.keywords': ['GET', '/api/me/keywords'],
  'notifications.setKeywords': ['PUT', '/api/me/keywords'],
  'digest.leave': ['POST', '/api/digest/leave'],
  'push.key': ['GET', '/api/push/key'],
  'push.subscribe': ['PUT', '/api/me/push'],
  'push.unsubscribe': ['DELETE', '/api/me/push/:device'],
  'push.devices': ['GET', '/api/me/push'],
  'presence.typing': ['POST', '/api/rooms/:room/typing'],
  'presence.here': ['GET', '/api/rooms/:room/presence'],
  'presence.reading': ['GET', '/api/rooms/:room/reading'],
};

/** Where a command goes: its address with the members named there filled in, and what is left for query or body (R13). */
export function route(
  command: string,
  input: Readonly<Record<string, unknown>>,
): { method: string; path: string; body?: unknown } {
  const found = ROUTES[command];
  if (found === undefined) throw new Error(`the raw client does not know where ${command} goes`);
  const [method, pattern] = found;
  const inPath = new Set<string>();
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    inPath.add(name);
    return encodeURIComponent(String(input[name]));
  });
  const rest = Object.entries(input).filter(([name, value]) => !inPath.has(name) && value !== undefined);
  if (method !== 'GET' && method !== 'DELETE') return { method, path, body: Object.fromEntries(rest) };
  const query = new URLSearchParams();
  for (const [name, value] of rest)
    for (const item of Array.isArray(value) ? value : [value]) query.append(name, String(item));
  return { method, path: rest.length === 0 ? path : `${path}?${query}` };
}

/** A command over HTTP. */
export function command(
  base: string,
  name: string,
  input: Readonly<Record<string, unknown>>,
  asking: Asking = {},
): Promise<Answer> {
  const { method, path, body } = route(name, input);
  return ask(base, method, path, { ...asking, ...(body === undefined ? {} : { body }) });
}
