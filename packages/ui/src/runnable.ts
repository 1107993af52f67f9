/** The one way in which the page runs something by its address (security S12): a policy that lets through what the app itself is made of. */

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** The service worker, and the files of the build; the server that hands pages out while one builds has other addresses. */
const OURS = import.meta.env.PROD ? /^\/(?:sw|assets\/[\w.-]+)\.js$/ : /^\/(?!\/)/;

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** The address as the browser takes it to run what is there. Throws at one that is not the app's. */
export function runnable(address: string): string {
  const createScriptURL = (url: string): string => {
    if (!OURS.test(url)) throw new TypeError(`${url} is not of the app`);
    return url;
  };
  // A name is taken once for the life of the page; where browsers know no such types the rule holds as well
  policy ??= (Reflect.get(globalThis, 'trustedTypes') as TrustedTypes | undefined)?.createPolicy('recreio', {
    createScriptURL,
  });
  return policy ? policy.createScriptURL(address) : createScriptURL(address);
}
