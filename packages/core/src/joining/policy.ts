/** Whose address is one of the school's. */

/** What stands behind the at sign. Only A–Z are made small: a sign that merely folds to a letter names another host, where somebody else reads the mail. */
export const domainOf = (email: string): string =>
  email.slice(email.lastIndexOf('@') + 1).replace(/[A-Z]/gu, (letter) => letter.toLowerCase());

/**
 * Whether an address is one by which its owner comes in: at a listed domain, to the letter, and without a tag (`ana+2@`), with
 * which one box would be as many people as it likes.
 */
export const isOfSchool = (email: string, domains: readonly string[]): boolean =>
  domains.includes(domainOf(email)) && !email.slice(0, email.lastIndexOf('@')).includes('+');
