import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** The rows to draw: those on screen and around it, and the one with the focus wherever it is. Ascending. */
export function rangeWith(range: Range, focused: number): number[] {
  const drawn = defaultRangeExtractor(range);
  const first = drawn[0];
  if (focused < 0 || focused >= range.count || first === undefined || drawn.includes(focused)) return drawn;
  return focused < first ? [focused, ...drawn] : [...drawn, focused];
}

/** The key of the message that a key press goes to: arrows one by one, Home and End to the ends. Nothing for other keys, or at an end. */
export function rowMoves(pressed: string, keys: readonly string[], from: string | undefined): string | undefined {
  const at = from === undefined ? keys.length : keys.indexOf(from);
  switch (pressed) {
    case 'ArrowUp':
      return keys[at - 1];
    case 'ArrowDown':
      return at === -1 ? undefined : keys[at + 1];
    case 'Home':
      return keys[0];
    case 'End':
      return keys[keys.length - 1];
    default:
      return undefined;
  }
}
