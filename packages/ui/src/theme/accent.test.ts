import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASKED, accentSheet, contrast, penOf, SURFACES } from './accent.ts';

const themes = ['light', 'dark'] as const;
const colours = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('a school’s accent', () => {
  it('[ux] whatever the colour, it can be read on every surface, and what stands on it, too', () => {
    fc.assert(
      fc.property(colours, fc.constantFrom(...themes), (accent, theme) => {
        const { pen, strong, soft, on } = penOf(accent, theme);
        for (const surface of [...SURFACES[theme], soft]) {
          expect(contrast(pen, surface)).toBeGreaterThanOrEqual(ASKED);
          expect(contrast(strong, surface)).toBeGreaterThanOrEqual(ASKED);
        }
        expect(contrast(on, pen)).toBeGreaterThanOrEqual(ASKED);
        expect(contrast(on, strong)).toBeGreaterThanOrEqual(ASKED);
      }),
      { numRuns: 400 },
    );
  });

  it('[ux] a colour that can be read stays what it is; one that cannot is moved', () => {
    expect(penOf('#1d4496', 'light').pen).toBe('#1d4496');
    expect(penOf('#1d4496', 'dark').pen).not.toBe('#1d4496');
    expect(penOf('#ffee00', 'light').pen).not.toBe('#ffee00');
  });

  it('[ux] grey, black and white are colours, too', () => {
    for (const accent of ['#000000', '#ffffff', '#808080'])
      for (const theme of themes) expect(penOf(accent, theme).pen).toMatch(/^#[0-9a-f]{6}$/);
  });

  it('[ux] the surfaces are those of the theme, and the sheet sets the tokens where the theme does', () => {
    const theme = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
    for (const surface of [...SURFACES.light, ...SURFACES.dark]) expect(theme).toContain(surface);
    const sheet = accentSheet('#7a1fa2');
    for (const place of [':root{', ':root:not([data-theme="light"]){', ':root[data-theme="dark"]{']) {
      expect(sheet).toContain(place);
      expect(theme.replaceAll(/ \{/g, '{')).toContain(place);
    }
  });
});
