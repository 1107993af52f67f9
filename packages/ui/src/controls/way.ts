/** Which way lines run at an element: 1 from left to right, -1 from right to left. For the arrow keys of what stands in a line. */
export const wayOf = (element: Element): 1 | -1 => (getComputedStyle(element).direction === 'rtl' ? -1 : 1);
