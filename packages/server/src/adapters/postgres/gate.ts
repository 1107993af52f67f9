/** The gate of the write path (contract, "The write path" step 1): who stops a person everywhere passes it alone. */

/**
 * The key of the advisory lock. A flush holds it shared; disabling an account takes it exclusively just before COMMIT,
 * so that every flush that read the account as enabled has ended before the answer leaves ([D25], [D27]).
 */
export const GATE = 7_221_002;
