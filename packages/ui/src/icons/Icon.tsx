import { createElement } from 'react';
import { drawings, type IconName, turning } from './drawings.ts';

/**
 * A Lucide drawing in the size of the text beside it. Decorative: the words stand next to it, or on its button. One that points along
 * the line points the other way where lines run from right to left.
 */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className={turning.has(name) ? 'icon icon--turns' : 'icon'}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[name].map(([tag, attributes], index) => createElement(tag, { ...attributes, key: index }))}
    </svg>
  );
}
