/** What names a conversation's notifications; apart from the declarations, which no page carries along. */

/** The tag of a conversation's notifications, the same for those that a page shows. */
export const pushTag = ({ room, thread }: { readonly room: string; readonly thread?: string | undefined }): string =>
  thread === undefined ? `sala:${room}` : `fio:${thread}`;
