import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folders = ['.', '../../../../apps/web/src'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const sheets = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .map((name) => ({ name, css: readFileSync(`${folder}/${name}`, 'utf8') })),
);

/** What names a side of the screen on purpose: a selector, and why. */
const meant: Readonly<Record<string, string>> = {
  '.tip': 'a program places it, by pixels from the left',
  '.tml-right': 'formulas run from left to right in every script',
  '.tml-left': 'formulas run from left to right in every script',
  '.msg.is-next .slip': 'a slip runs as its words do, and its corners as the page does: the next rules mirror it',
  '.msg.has-next .slip': 'a slip runs as its words do, and its corners as the page does: the next rules mirror it',
  '[dir="rtl"] .msg.is-next .slip': 'the mirror of the rule before',
  '[dir="rtl"] .msg.has-next .slip': 'the mirror of the rule before',
};

/** The parts of a value, at blanks outside of parentheses. */
const partsOf = (value: string): string[] => value.match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];

/** What is wrong with a declaration where lines run from right to left; null: nothing. */
function faultOf(property: string, value: string): string | null {
  if (/^(?:(?:margin|padding|border|scroll-margin|scroll-padding)-)?(?:left|right)\b/.test(property))
    return 'names a side';
  if (/^border-(?:top|bottom)-(?:left|right)-radius$/.test(property)) return 'names a corner';
  if (/^(?:text-align|float|clear)$/.test(property) && /\b(?:left|right)\b/.test(value)) return 'names a side';
  const parts = partsOf(value);
  if (/^(?:padding|margin|inset|border-width|border-color|border-style)$/.test(property) && parts.length === 4)
    return parts[1] === parts[3] ? null : 'has another length at the right than at the left';
  if (property === 'border-radius' && parts.length > 1) {
    const [first, second = first, third = first, fourth = second] = parts;
    return first === second && third === fourth ? null : 'has other corners at the right than at the left';
  }
  const along =
    property === 'translate' || property === 'rotate'
      ? parts[0]
      : property === 'box-shadow'
        ? parts.filter((part) => part !== 'inset')[0]
        : undefined;
  const isStill = along === undefined || /^(?:0|none|1turn|-?50%|var\(--shadow[\w-]*\))$/.test(along);
  return isStill || along.includes('var(--way)') ? null : 'moves along the line without `var(--way)`';
}

/** Every declaration, with the selector that it stands under. */
function declarationsOf(css: string): { selector: string; property: string; value: string }[] {
  const bare = css.replace(/\/\*[^]*?\*\//g, '').replace(/@import[^;]*;/g, '');
  return [...bare.matchAll(/([^{};]+)\{([^{}]*)\}/g)].flatMap(([, selector = '', body = '']) =>
    body
      .split(';')
      .filter((line) => line.includes(':'))
      .map((line) => {
        const at = line.indexOf(':');
        return {
          selector: selector.trim().replace(/\s+/g, ' '),
          property: line.slice(0, at).trim(),
          value: line.slice(at + 1).trim(),
        };
      }),
  );
}

it.each([
  ['margin-left', '1rem'],
  ['right', '0'],
  ['text-align', 'right'],
  ['border-top-left-radius', '2px'],
  ['padding', '1px 2px 3px calc(1px + 2px)'],
  ['border-radius', '4px 0 0 4px'],
  ['translate', '1rem 0'],
  ['rotate', '90deg'],
  ['box-shadow', 'inset 3px 0 0 red'],
])('[ux] %s: %s is seen to be wrong', (property, value) => expect(faultOf(property, value)).not.toBeNull());

it('[ux] the sheets speak of start and end, and not of left and right', () => {
  const all = sheets.flatMap(({ name, css }) => declarationsOf(css).map((one) => ({ name, ...one })));
  expect(all.length).toBeGreaterThan(2_000);
  const faults = all.flatMap(({ name, selector, property, value }) => {
    const fault = selector in meant ? null : faultOf(property, value);
    return fault === null ? [] : [`${name}: ${selector} { ${property}: ${value} } ${fault}`];
  });
  expect(faults).toEqual([]);
  const stillThere = new Set(all.filter((one) => faultOf(one.property, one.value)).map(({ selector }) => selector));
  expect(Object.keys(meant).filter((selector) => !stillThere.has(selector))).toEqual([]);
});
