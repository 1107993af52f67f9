/**
 * Keeps the height of what one really sees in `--seen`: iOS lays its keyboard over the page and tells only `visualViewport`;
 * without this the box to write in would lie under it.
 */
export function watchViewport(): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const root = document.documentElement;
  const measure = () => {
    // Zoomed in, the part that is seen is no measure of the page
    if (seen.scale > 1.01) return;
    if (window.innerHeight - seen.height > 80) {
      root.style.setProperty('--seen', `${seen.height}px`);
      window.scrollTo(0, 0); // iOS has moved the page up to show the box, which is in sight now
    } else root.style.removeProperty('--seen');
  };
  seen.addEventListener('resize', measure);
  measure();
}
