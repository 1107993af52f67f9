import type { ComposerHandle } from '@recreio/ui';
import { type RefObject, useEffect } from 'react';

/**
 * Who has just come to a room and begins to type means the box: the letter goes there. Only from the page or its heading,
 * so that no key of a list, a menu or a field is taken.
 */
export function useTypeToWrite(composer: RefObject<ComposerHandle | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isLetter = event.key.length === 1 && event.key !== ' ';
      if (!isLetter || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
        return;
      const at = document.activeElement;
      if (at === null || at === document.body || at.tagName === 'H1') composer.current?.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [composer]);
}
