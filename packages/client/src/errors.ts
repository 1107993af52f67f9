/** The two ways in which a command can fail to give its output. */
import type { Problem } from '@recreio/protocol';

/** The server has refused; nothing was written ([R4]). Decide by `problem.code`. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.title}`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** No answer came: the command took effect once or not at all; repeating it with the same client id tells ([R40]). */
export class NoAnswerError extends Error {
  constructor(why: string, options?: { cause?: unknown }) {
    super(why, options);
    this.name = 'NoAnswerError';
  }
}
