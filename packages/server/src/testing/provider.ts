// oxlint-disable-next-line typescript/triple-slash-reference -- a program that only imports this file must find the types, too
/// <reference path="./oidc-provider.d.ts" />
/** A real OpenID provider on this machine, and the browser of somebody who is signed in there. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody at the provider. */
export interface Outsider {
  readonly subject: string;
  readonly email: string;
  readonly verified: boolean;
}

/** The provider. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Goes to an address of ours for the provider as this person, and gives the query with which they come back. */
  visit(url: string, who: Outsider): Promise<string>;
  /** Somebody who may sign in there by a browser: its page has a link for each. */
  knows(who: Outsider): void;
  close(): Promise<void>;
}

/** Opens one on any free port, for one client that comes back to `returnTo`. */
export const openProvider = async (returnTo: string): Promise<TestProvider> => {
  const { default: Provider } = await import('oidc-provider');
  const people = new Map<string, Outsider>();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientId = 'recreio';
  const clientSecret = 'only-these-two-know-it-0123456789';
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [returnTo],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    // The claims of the scope go into the id_token, as most providers of schools do it
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['only for tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/as/${uid}` },
    findAccount: (_context: unknown, id: string) => {
      const who = people.get(id);
      return who && { accountId: id, claims: () => ({ sub: id, email: who.email, email_verified: who.verified }) };
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (/^\/as\/[^?]+$/u.test(request.url ?? '')) {
      const links = [...people.keys()].map((subject) => `<a href="?who=${encodeURIComponent(subject)}">${subject}</a>`);
      response.setHeader('content-type', 'text/html').end(`<title>Provedor</title>${links.join('')}`);
      return;
    }
    const asked = /^\/as\/[^?]+\?who=(.+)$/u.exec(request.url ?? '')?.[1];
    if (asked === undefined) return void answer(request, response);
    void (async () => {
      const { prompt, params, session } = await provider.interactionDetails(request, response);
      const accountId = decodeURIComponent(asked);
      if (prompt.name === 'login')
        return await provider.interactionFinished(request, response, { login: { accountId } });
      const grant = new provider.Grant({
        accountId: session?.accountId ?? accountId,
        clientId: String(params['client_id']),
      });
      grant.addOIDCScope('openid email');
      return await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    })();
  });
  return {
    issuer,
    clientId,
    clientSecret,
    visit: async (url, who) => {
      people.set(who.subject, who);
      const cookies = new Map<string, string>();
      let next = url;
      for (let hops = 0; hops < 12; hops++) {
        const answered = await fetch(next, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        });
        for (const line of answered.headers.getSetCookie()) {
          const [pair = ''] = line.split(';');
          cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
        }
        const location = answered.headers.get('location');
        if (location === null) throw new Error(`the provider answered ${answered.status}: ${await answered.text()}`);
        next = new URL(location, next).href;
        if (next.startsWith(returnTo)) return new URL(next).search;
        if (/\/as\/[^?]+$/u.test(next)) next = `${next}?who=${encodeURIComponent(who.subject)}`;
      }
      throw new Error('the provider never sent the browser back');
    },
    knows: (who) => void people.set(who.subject, who),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
