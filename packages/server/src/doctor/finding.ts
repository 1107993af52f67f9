/** What the doctor says: one finding for each thing it looked at. */

/** How it is: as it should be, worth a thought, or in the way of running. */
export type Health = 'ok' | 'warning' | 'wrong';

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at, in a word: stable, for programs. */
  readonly check: string;
  readonly health: Health;
  /** How it is, in one sentence. */
  readonly says: string;
  /** What to do about it; there whenever it is not as it should be. */
  readonly todo?: string;
}

export const ok = (check: string, says: string): Finding => ({ check, health: 'ok', says });
export const warning = (check: string, says: string, todo: string): Finding => ({
  check,
  health: 'warning',
  says,
  todo,
});
export const wrong = (check: string, says: string, todo: string): Finding => ({ check, health: 'wrong', says, todo });

/** Why something failed, in words without a stack. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `${error.message || error.name}${error.message.includes(code.slice(2, -1)) ? '' : code}`;
};
