import { createElement } from 'react';
import { drawings, type IconName } from './drawings.ts';

/** A Lucide drawing in the size of the text beside it. Decorative: the words stand next to it, or on its button. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {drawings[name].map(([tag, attributes], index) => createElement(tag, { ...attributes, key: index }))}
    </svg>
  );
}
