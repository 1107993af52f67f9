/**
 * What nobody caught (security S66). One broken promise or one handler that threw must not close the school for everybody: it is
 * told, as the bug that it is, and the process goes on. If it does not stop, what is in memory is not to be trusted any more: then
 * the process ends in order and its supervisor starts it anew. Nothing acknowledged is lost by that.
 */

/** What it needs. */
export interface AccidentParts {
  /** Says what happened; `where` is `unheard` for a promise and `uncaught` for an exception. */
  readonly told: (where: 'unheard' | 'uncaught', error: unknown) => void;
  readonly monotonic: () => number;
  /** The process, or what stands for it. */
  readonly on: Pick<NodeJS.Process, 'on' | 'off'>;
}

/** More exceptions than this within the time are no accident. */
const MANY = 10;
const WITHIN_MS = 60_000;

/** Begins to watch. `tooMany` resolves when it does not stop; `stop` gives the process back as it was. */
export const watchAccidents = ({ told, monotonic, on }: AccidentParts) => {
  const { promise: tooMany, resolve } = Promise.withResolvers<Error>();
  let recent: number[] = [];
  const unheard = (error: unknown): void => told('unheard', error);
  const uncaught = (error: unknown): void => {
    told('uncaught', error);
    const now = monotonic();
    recent = [...recent.filter((at) => now - at < WITHIN_MS), now];
    if (recent.length > MANY) resolve(new Error(`${recent.length} exceptions within a minute were caught by nobody.`));
  };
  on.on('unhandledRejection', unheard);
  on.on('uncaughtException', uncaught);
  return {
    tooMany,
    stop: (): void => {
      on.off('unhandledRejection', unheard);
      on.off('uncaughtException', uncaught);
    },
  };
};
