/** Calling everybody in a room by `@todos` ([R113]). */

/** The words that call everybody, in whichever language somebody writes: Portuguese and Spanish have one word. */
export const TO_ALL: readonly string[] = ['todos', 'everyone'];

const called = /(?<![\p{L}\p{N}])@(?:todos|everyone)(?![\p{L}\p{N}])/u;

/** Whether a text calls everybody. */
export const callsAll = (text: string): boolean => called.test(text);
