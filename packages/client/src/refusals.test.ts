import { problem } from '@recreio/protocol';
import { expect, test } from 'vitest';
import { NoAnswerError, ProblemError } from './errors.ts';
import { judge, type Verdict } from './refusals.ts';

const names = (error: unknown, tries = 6): Verdict['name'][] =>
  Array.from({ length: tries }, (_, failures) => judge(error, failures, 0.5).name);

test.each([
  ['silence, as long as it takes', new NoAnswerError('nothing came'), Array(6).fill('again')],
  ['a server that cannot now, as long as it takes', new ProblemError(problem('busy')), Array(6).fill('again')],
  ['a refusal, not at all', new ProblemError(problem('muted')), Array(6).fill('refused')],
  [
    'a fault of the server, four times',
    new ProblemError(problem('internal')),
    [...Array(4).fill('again'), 'refused', 'refused'],
  ],
  [
    'a fault of ours, as often, and then somebody is told',
    new TypeError('odd'),
    [...Array(4).fill('again'), 'refused', 'refused'],
  ],
  ['nobody signed in, when somebody is', new ProblemError(problem('not-signed-in')), Array(6).fill('signed-out')],
] as const)('[R40] a message is sent again after %s', (_after, error, verdicts) => {
  expect(names(error)).toEqual(verdicts);
});
