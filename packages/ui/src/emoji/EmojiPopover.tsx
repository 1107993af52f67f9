import type { ReactElement } from 'react';
import { late, useLate } from '../controls/late.ts';

/** What a floating picker is given. */
export type EmojiPopoverProps = {
  trigger: ReactElement;
  onPick: (emoji: string) => void;
  onOpenChange?: (open: boolean) => void;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
};

const floating = late(() => import('./EmojiFloat.tsx'));

/** An emoji picker that floats beside its trigger and closes when one is chosen. */
export function EmojiPopover(props: EmojiPopoverProps) {
  const { part, asked, trigger } = useLate(floating, props.trigger, 'dialog');
  return part ? <part.EmojiFloat {...props} startsOpen={asked !== undefined} /> : trigger;
}
