/** Where one-time links lead: to an account, and to a new address of one. */
export const linkPath = '/convite';
export const emailPath = '/email';

let token = '';

/**
 * The token of the one-time link that the page was opened with, taken out of the address bar and the history at once: whoever
 * looks over a shoulder, or comes after, finds none. Empty when there is none.
 */
export function takeLinkToken(): string {
  if ((location.pathname === linkPath || location.pathname === emailPath) && location.hash.length > 1) {
    token = location.hash.slice(1);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return token;
}
