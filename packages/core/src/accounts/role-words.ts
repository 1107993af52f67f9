/** How people write the roles of a school, folded: in files, and where a word would pass for a badge. */
import type { Role } from '@recreio/protocol';

/** Word → role, in each language. */
export const ROLE_WORDS: ReadonlyMap<string, Role> = new Map([
  ['estudante', 'student'],
  ['aluno', 'student'],
  ['aluna', 'student'],
  ['estudiante', 'student'],
  ['alumno', 'student'],
  ['alumna', 'student'],
  ['student', 'student'],
  ['professor', 'teacher'],
  ['professora', 'teacher'],
  ['profesor', 'teacher'],
  ['profesora', 'teacher'],
  ['docente', 'teacher'],
  ['teacher', 'teacher'],
  ['monitor', 'monitor'],
  ['monitora', 'monitor'],
  ['moderador', 'moderator'],
  ['moderadora', 'moderator'],
  ['moderacao', 'moderator'],
  ['moderacion', 'moderator'],
  ['moderator', 'moderator'],
  ['administrador', 'administrator'],
  ['administradora', 'administrator'],
  ['administracao', 'administrator'],
  ['administracion', 'administrator'],
  ['administrator', 'administrator'],
  ['responsavel', 'guardian'],
  ['responsable', 'guardian'],
  ['guardian', 'guardian'],
]);
