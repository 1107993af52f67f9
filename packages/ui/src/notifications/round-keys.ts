/** The keys of going through what is unread, as they are pressed. */
export const roundKeys = { read: 'E', later: 'J', open: 'O', undo: 'Z' } as const;
