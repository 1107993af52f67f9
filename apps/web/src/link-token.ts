/** Where one-time links lead. */
export const linkPath = '/convite';

let token = '';

/**
 * The token of the one-time link that the page was opened with, taken out of the address bar and the history at once: whoever
 * looks over a shoulder, or comes after, finds none. Empty when there is none.
 */
export function takeLinkToken(): string {
  if (location.pathname === linkPath && location.hash.length > 1) {
    token = location.hash.slice(1);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return token;
}
