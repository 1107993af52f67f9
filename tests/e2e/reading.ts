/** What one sees of the words of a page that speaks the language of pseudo.ts; each of these runs in the page. */

/** Words that no catalog gave: text without brackets that is neither people's own, nor a name, a time or a key. */
export function hardCodedIn(): string[] {
  // What people have written has a direction of its own; the name of the product and of languages is the same in all of them
  const elsewhere = [
    '[dir="auto"]',
    '[lang]:not(html)',
    '.wordmark',
    '.avatar',
    '.leaf',
    '.email',
    '.accent-fill',
    'time, .day-pill',
    'kbd, code, option, script, style',
  ].join();
  const weekdays = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'short' });
  const byIntl = new Set(Array.from({ length: 7 }, (_, day) => weekdays.format(day * 86_400_000)));
  const isOurs = (text: string) => /\p{L}{2}/u.test(text) && !/[⟦⟧]/.test(text) && !byIntl.has(text);
  const found = new Set<string>();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const at = node.parentElement;
    if (!at || !isOurs(text) || at.closest(elsewhere) || !at.checkVisibility()) continue;
    found.add(`“${text}” in ${at.tagName.toLowerCase()}.${at.className}`);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
    // A message is called by what it says
    if (element.closest(elsewhere) || element.matches('article') || !element.checkVisibility()) continue;
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
      const text = element.getAttribute(name) ?? '';
      if (isOurs(text)) found.add(`${name}=“${text}” of ${element.tagName.toLowerCase()}.${element.className}`);
    }
  }
  return [...found];
}

/** Words of ours that do not fit where they stand. */
export function cutIn(): string[] {
  // Where people's words and ours share a line that may be cut, and that says itself whole elsewhere
  const shared = '.crumb';
  return [...document.body.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    const isOurs = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && /[⟦⟧]/.test(node.textContent ?? ''),
    );
    if (!isOurs || !element.checkVisibility() || element.closest('.sr') || element.matches(shared)) return [];
    const { overflowX, overflowY } = getComputedStyle(element);
    const isCut =
      (/hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (/hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 2);
    return isCut ? [`“${element.textContent?.trim()}” in ${element.tagName.toLowerCase()}.${element.className}`] : [];
  });
}

/** What makes the page wider than the screen. */
export function tooWideIn(): string[] {
  // Not innerWidth: on a phone that grows with what is too wide
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const out = [...document.body.querySelectorAll('*')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (left < -1 || right > clientWidth + 1);
  });
  const names = out.slice(0, 4).map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
  return [`${scrollWidth - clientWidth} px: ${names.join(', ')}`];
}
