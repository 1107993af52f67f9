/** The thread on which code is read: a piece that takes it long holds nobody up, and the thread is ended. */
import { runsOf } from './runs.ts';

/** What it is asked. */
export type Question = { code: string; language: string };
/** What it says: that it is there and has begun, then what it found. */
export type Saying = 'begun' | ReturnType<typeof runsOf>;

const scope = globalThis as unknown as {
  addEventListener: (type: 'message', heard: (event: MessageEvent<Question>) => void) => void;
  postMessage: (saying: Saying, transfer: []) => void;
};
scope.addEventListener('message', ({ data: { code, language } }) => {
  scope.postMessage('begun', []);
  scope.postMessage(runsOf(code, language), []);
});
