/**
 * A school's own accent: the `--pen*` tokens made from one colour, by day and by night. Hue and strength stay; the lightness moves
 * until text of that colour can be read on every surface it may stand on (WCAG 2.2 §1.4.3, 4.5:1), and text on it, too.
 */

/** The tokens that follow from an accent. */
export interface Pen {
  readonly pen: string;
  readonly strong: string;
  readonly soft: string;
  readonly line: string;
  readonly on: string;
}

type Theme = 'light' | 'dark';
type Rgb = readonly [number, number, number];
/** Lightness 0–1, and a and b of Oklab (CSS Color 4 §10.3). */
type Lab = readonly [number, number, number];

/** Where text of the accent may stand: the surfaces of tokens.css, and the accent's own soft one. */
export const SURFACES: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#f4efe5', '#ebe4d6', '#fffdf9', '#faf6ee', '#ffffff'],
  dark: ['#141b18', '#0f1512', '#1e2823', '#24302a', '#2a3730'],
};
/** What WCAG asks of text. */
export const ASKED = 4.5;
const STEP = 0.01;

const toRgb = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255].map((part) => part / 255) as unknown as Rgb;
};
const toHex = (rgb: Rgb): string =>
  `#${rgb
    .map((part) =>
      Math.round(Math.min(1, Math.max(0, part)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const gamma = (part: number): number => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);

const toLab = (rgb: Rgb): Lab => {
  const [r, g, b] = rgb.map(linear) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};
const fromLab = ([lightness, a, b]: Lab): Rgb => {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => gamma(Math.max(0, part))) as unknown as Rgb;
};

/** The colour of this lightness and at most this strength, in the direction of a hue; weaker where screens have none so strong. */
const colour = (lightness: number, [, a, b]: Lab, strength: number): string => {
  const given = Math.hypot(a, b);
  for (let share = given === 0 ? 0 : Math.min(1, strength / given); ; share -= 0.05) {
    const rgb = fromLab([lightness, a * Math.max(0, share), b * Math.max(0, share)]);
    if (share <= 0 || rgb.every((part) => part >= -0.002 && part <= 1.002)) return toHex(rgb);
  }
};

const luminance = (hex: string): number => {
  const [r, g, b] = toRgb(hex).map(linear) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** How two colours differ for the eye, 1–21 (WCAG 2.2, "contrast ratio"). */
export const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

/** The tokens for one theme. `accent` is `#rrggbb`. */
export const penOf = (accent: string, theme: Theme): Pen => {
  const hue = toLab(toRgb(accent));
  const strength = Math.hypot(hue[1], hue[2]);
  const isLight = theme === 'light';
  const soft = colour(isLight ? 0.93 : 0.3, hue, Math.min(strength, isLight ? 0.03 : 0.045));
  const under = [...SURFACES[theme], soft];
  const away = isLight ? -STEP : STEP;
  let lightness = isLight ? Math.min(hue[0], 0.6) : Math.max(hue[0], 0.6);
  while (under.some((surface) => contrast(colour(lightness, hue, strength), surface) < ASKED)) lightness += away;
  const pen = colour(lightness, hue, strength);
  let inkLightness = 0.25;
  const ink = () => colour(inkLightness, hue, Math.min(strength, 0.06));
  if (!isLight) while (contrast(ink(), pen) < ASKED) inkLightness -= STEP;
  return {
    pen,
    strong: colour(lightness + away * 7, hue, strength),
    soft,
    line: colour(isLight ? 0.79 : 0.5, hue, Math.min(strength, 0.08)),
    on: isLight ? '#ffffff' : ink(),
  };
};

const tokens = ({ pen, strong, soft, line, on }: Pen): string =>
  `--pen:${pen};--pen-strong:${strong};--pen-soft:${soft};--pen-line:${line};--on-pen:${on}`;

/** The tokens as a style sheet, in the places where tokens.css has its own. */
export const accentSheet = (accent: string): string => {
  const [day, night] = [tokens(penOf(accent, 'light')), tokens(penOf(accent, 'dark'))];
  return `:root{${day}}@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){${night}}}:root[data-theme="dark"]{${night}}`;
};
