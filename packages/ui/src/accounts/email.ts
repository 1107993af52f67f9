/** Whether a text may be an e-mail address, so that a slip is said beside the field; the server decides. */
export const looksLikeEmail = (text: string): boolean => /^\S+@\S+\.\S+$/.test(text);
