/** How people write the roles of a school, folded: in files, and where a word would pass for a badge. */
import type { Role } from '@recreio/protocol';

/** Word → role, in both languages. */
export const ROLE_WORDS: ReadonlyMap<string, Role> = new Map([
  ['estudante', 'student'],
  ['aluno', 'student'],
  ['aluna', 'student'],
  ['student', 'student'],
  ['professor', 'teacher'],
  ['professora', 'teacher'],
  ['docente', 'teacher'],
  ['teacher', 'teacher'],
  ['monitor', 'monitor'],
  ['monitora', 'monitor'],
  ['moderador', 'moderator'],
  ['moderadora', 'moderator'],
  ['moderacao', 'moderator'],
  ['moderator', 'moderator'],
  ['administrador', 'administrator'],
  ['administradora', 'administrator'],
  ['administracao', 'administrator'],
  ['administrator', 'administrator'],
  ['responsavel', 'guardian'],
  ['guardian', 'guardian'],
]);
