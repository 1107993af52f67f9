import { useLingui } from '@lingui/react';
import { memo, use } from 'react';
import { newParser } from '../markdown/parse.ts';
import { Reachable } from '../markdown/reach.ts';
import { drawFormula } from './draw.ts';
import { formulas } from './rules.ts';

const parser = newParser();
formulas(parser);

/** The tokens of a message body with formulas among them. Pure. */
export const parseWithFormulas = (body: string): ReturnType<typeof parser.parse> => parser.parse(body, {});

/** A formula in a line, or on lines of its own, where it scrolls by itself, also from the keyboard. */
export const Formula = memo(function Formula({ tex, isDisplay }: { tex: string; isDisplay: boolean }) {
  const { i18n } = useLingui();
  const reach = use(Reachable) ? 0 : -1;
  const drawn = drawFormula(tex, isDisplay);
  if (drawn === null) return <code>{tex}</code>;
  return isDisplay ? (
    <span className="maths" tabIndex={reach} role="region" aria-label={i18n._('Fórmula')}>
      {drawn}
    </span>
  ) : (
    <>{drawn}</>
  );
});
