import { createContext, use, type ReactElement } from 'react';
import { Tooltip } from 'radix-ui';

/** Where what floats is hung: the open dialog, if one is; else the page. A modal dialog makes everything outside it inert. */
export const FloatRoot = createContext<HTMLElement | null>(null);

/** The words of a drawing, shown on hover and on focus, gone with Esc (WCAG 1.4.13). The child must take a ref. */
export function Hint({ words, children }: { words: string; children: ReactElement }) {
  const container = use(FloatRoot);
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      <Tooltip.Root>
        <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
        <Tooltip.Portal container={container}>
          <Tooltip.Content className="tip" sideOffset={6} collisionPadding={8} aria-hidden="true">
            {words}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
