/** A table as bars, as an SVG that stands on a paper of its own: readable on light and dark pages alike. */
import { short, shortSpread } from './figures.ts';
import type { Table } from './report.ts';

const WIDTH = 760;
const ROW = 34;
const BAR = 18;
const NAMES = 236;
const VALUES = 178;
const TOP = 34;

const escaped = (text: string): string =>
  text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');

/** The house's paper, ink and pen by day and by night; bars of others are grey in both. */
const STYLE = `
    .paper { fill: #fffdf9; stroke: #ddd4c3 } .ink { fill: #1f1a14 } .soft { fill: #5d5547 }
    .ours { fill: #1d4496 } .theirs { fill: #a79d8b } .range { stroke: #1f1a14; stroke-width: 1.5 }
    text { font: 14px system-ui, sans-serif } .strong { font-weight: 600 } .small { font-size: 12px }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #1c1a17; stroke: #3a352d } .ink { fill: #efe9dd } .soft { fill: #b6ad9c }
      .ours { fill: #a9c4ff } .theirs { fill: #776f61 } .range { stroke: #efe9dd }
    }`;

/** Bars from zero, Recreio first; a thin line from the worst run to the best. The unit stands above, with which way is better. */
export const chart = ({ title, unit, isMoreBetter, rows }: Table): string => {
  const largest = Math.max(...rows.map(({ figure }) => figure.max));
  const room = WIDTH - NAMES - VALUES;
  const x = (value: number): number => NAMES + Math.max(2, Math.round((value / largest) * room));
  const height = TOP + rows.length * ROW + 10;
  const bars = rows.map(({ system, figure }, nth) => {
    const middle = TOP + nth * ROW + ROW / 2;
    const own = system.startsWith('Recreio');
    const range =
      figure.min === figure.max
        ? ''
        : `<line class="range" x1="${x(figure.min)}" x2="${x(figure.max)}" y1="${middle}" y2="${middle}"/>`;
    return `  <text class="ink${own ? ' strong' : ''}" x="${NAMES - 12}" y="${middle + 5}" text-anchor="end">${escaped(system)}</text>
  <rect class="${own ? 'ours' : 'theirs'}" x="${NAMES}" y="${middle - BAR / 2}" width="${x(figure.median) - NAMES}" height="${BAR}" rx="3"/>${range}
  <text class="ink${own ? ' strong' : ''}" x="${x(figure.max) + 8}" y="${middle + 5}">${escaped(short(figure.median))}</text>`;
  });
  const said = rows.map(({ system, figure }) => `${system} ${shortSpread(figure)}`).join('; ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(`${title}, ${unit}: ${said}`)}">
  <style>${STYLE}
  </style>
  <rect class="paper" x=".5" y=".5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
  <text class="soft small" x="${NAMES}" y="22">${escaped(unit)} ${isMoreBetter ? '→' : '←'}</text>
${bars.join('\n')}
</svg>
`;
};
