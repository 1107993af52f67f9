/** What this device remembers for the keyboard: the rooms visited last, and whether a key alone may do something. */
const RECENT = 'recreio.recent';
const SINGLE = 'recreio.single-keys';
/** More than are ever shown, since one may have left some. */
const MOST = 12;

/** The rooms visited last, the newest first. */
export function recentRooms(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(RECENT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return []; // the browser keeps nothing, or kept nonsense
  }
}

/** A room was come to. */
export function rememberRoom(id: string): void {
  keep(RECENT, JSON.stringify([id, ...recentRooms().filter((other) => other !== id)].slice(0, MOST)));
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
