/** What names a conversation's notifications; apart from the declarations, which no page carries along. */

/** The tag of a conversation's notifications, the same for those that a page shows. */
export const pushTag = ({ room, thread }: { readonly room: string; readonly thread?: string | undefined }): string =>
  thread === undefined ? `sala:${room}` : `fio:${thread}`;

/** The tag of one urgent message that is told once more ([R120]): beside the one of its conversation, whose name it begins with. */
export const urgentTag = (of: { readonly room: string; readonly thread?: string | undefined }, seq: number): string =>
  `${pushTag(of)}!${seq}`;

/** Whether a notification of this tag goes when what `tag` names was read: it and each urgent message of it. */
export const goesWith = (shown: string, tag: string): boolean => shown === tag || shown.startsWith(`${tag}!`);
