/** The rules of looking after courses, by name. */
import type { CommandName, Commands } from '@recreio/protocol';
import type { HandlerFor } from '../handler.ts';
import { enrol, people, unenrol } from './enrol.ts';
import { putLesson, removeLesson } from './order.ts';
import { create, get, list, update } from './tend.ts';

/** Part of the table of all rules. */
export const HANDLERS: { readonly [N in Extract<CommandName, `courses.${string}`>]: HandlerFor<Commands[N]> } = {
  'courses.list': list,
  'courses.get': get,
  'courses.create': create,
  'courses.update': update,
  'courses.putLesson': putLesson,
  'courses.removeLesson': removeLesson,
  'courses.people': people,
  'courses.enrol': enrol,
  'courses.unenrol': unenrol,
};
