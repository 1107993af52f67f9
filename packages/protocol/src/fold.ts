/** Text as it is searched. Pure. */

/** Without accents, lower case, single spaces: "Educação" and "educacao" are one. */
export const foldText = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();
