import { createContext, use, type AnchorHTMLAttributes, type MouseEvent } from 'react';

/** How the app goes to an address of its own without loading the page again. Absent, a link is a plain link. */
export const Navigate = createContext<((href: string) => void) | undefined>(undefined);

/** A link inside the app. Presses with a modifier or another button stay the browser's, so “open in a new tab” works. */
export function Link({ href, onClick, children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const navigate = use(Navigate);
  function press(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    if (
      !navigate ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    navigate(href);
  }
  return (
    <a {...rest} href={href} onClick={press}>
      {children}
    </a>
  );
}
