import type { ReactElement, ReactNode } from 'react';
import type { IconName } from '../icons/drawings.ts';
import { late, useLate } from './late.ts';

/** A line of a menu: something to do, one of some (those that follow one another), something on or off, a title, or a rule. */
export type MenuItem =
  | {
      kind?: 'action';
      id: string;
      label: string;
      icon?: IconName;
      keys?: string;
      danger?: boolean;
      disabled?: boolean;
      onSelect: () => void;
    }
  | { kind: 'choice'; id: string; label: string; checked: boolean; onSelect: () => void }
  | { kind: 'toggle'; id: string; label: string; checked: boolean; onSelect: () => void }
  | { kind: 'title'; id: string; label: string }
  | { kind: 'rule'; id: string };

/** What a menu is given. */
export type MenuProps = {
  trigger: ReactElement;
  label: string;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  /** Above the items: whose menu it is. */
  children?: ReactNode;
};

const floating = late(() => import('./MenuFloat.tsx'));

/** A menu below its trigger. Arrows move, letters jump, Esc closes and gives the focus back. Not modal: the page stays as it is. */
export function Menu(props: MenuProps) {
  const { part, asked, trigger } = useLate(floating, props.trigger, 'menu');
  return part ? <part.MenuFloat {...props} asked={asked} /> : trigger;
}
