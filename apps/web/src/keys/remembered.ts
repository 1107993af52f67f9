/** What this device remembers for the keyboard: the rooms visited last, and whether a key alone may do something. */
const RECENT = 'recreio.recent';
const SINGLE = 'recreio.single-keys';
/** More than are ever shown, since one may have left some. */
const MOST = 12;

/** The rooms that a person visited last here, the newest first; of who was here before them nothing. */
export function recentRooms(account: string | undefined): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(RECENT) ?? '{}');
    const { whose, rooms } = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
    return whose === account && Array.isArray(rooms) ? rooms.filter((id) => typeof id === 'string') : [];
  } catch {
    return []; // the browser keeps nothing, or kept nonsense
  }
}

/** A person has come to a room. */
export function rememberRoom(account: string, id: string): void {
  const rooms = [id, ...recentRooms(account).filter((other) => other !== id)].slice(0, MOST);
  keep(RECENT, JSON.stringify({ whose: account, rooms }));
}

/** The person has signed out. */
export function forgetRooms(): void {
  try {
    localStorage.removeItem(RECENT);
  } catch {
    // Storage is denied: nothing was kept
  }
}

/** Whether a key alone may do something; it may until somebody says no. */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(SINGLE) !== 'off';
  } catch {
    return true;
  }
}

/** Says whether a key alone may do something. */
export const keepSingleKeys = (on: boolean): void => keep(SINGLE, on ? 'on' : 'off');

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is denied or full: it holds for this visit
  }
}
