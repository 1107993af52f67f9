/** Where links of mails lead: to an account, to a new address of one, to an account that is still to be made; and away from mails. */
export const linkPath = '/convite';
export const emailPath = '/email';
export const newAccountPath = '/nova-conta';
export const leavePath = '/sem-emails';

const withToken: readonly string[] = [linkPath, emailPath, newAccountPath, leavePath];

let token = '';

/**
 * The token of the one-time link that the page was opened with, taken out of the address bar and the history at once: whoever
 * looks over a shoulder, or comes after, finds none. Empty when there is none.
 */
export function takeLinkToken(): string {
  if (withToken.includes(location.pathname) && location.hash.length > 1) {
    token = location.hash.slice(1);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return token;
}

/** Where links into rooms lead. */
export const invitationPath = '/convite/sala';

/** What keeps the secret while one signs in, which may lead over another page and back: this tab alone, until it is used. */
const KEPT = 'recreio:convite';

/** Takes the secret of a link into a room out of the address bar and the history at once. Empty when there is none. */
export function takeInvitationSecret(): string {
  if (location.pathname === invitationPath && location.hash.length > 1) {
    sessionStorage.setItem(KEPT, location.hash.slice(1));
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(KEPT) ?? '';
}

/** It has led into the room, or leads nowhere. */
export const forgetInvitationSecret = (): void => sessionStorage.removeItem(KEPT);
