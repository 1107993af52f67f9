import type { Course } from '@recreio/protocol';
import { useAsked } from './asked.ts';

const none: readonly Course[] = [];

/** My courses with their lessons; none until the server has told. */
export function useCourses(): readonly Course[] {
  return useAsked('lessons.courses', {}).data?.courses ?? none;
}
