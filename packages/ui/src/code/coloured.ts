/** Whether a piece of code is shown in colours, and the late part that finds them. */
import { useEffect, useState } from 'react';
import { late } from '../controls/late.ts';
import type { Run } from './runs.ts';

const reader = late(() => import('./reader.ts'));

/** Languages by what people call them behind the fence; others are shown as they are. */
const isOurs =
  /^(?:html|xml|svg|css|js|jsx|javascript|json|ts|tsx|typescript|py|python|java|c|h|cpp|c\+\+|cc|sql|sh|bash)$/i;
/** As much as a message may hold; what is pasted beyond is no reading matter. */
const MOST_LETTERS = 16_384;

/** The runs of a piece of code once they are known; undefined until then, and where it has none. */
export function useColours(code: string, language: string): readonly Run[] | undefined {
  const [found, setFound] = useState<{ code: string; language: string; runs: Run[] | null }>();
  const isWanted = isOurs.test(language) && code.length <= MOST_LETTERS;
  useEffect(() => {
    if (!isWanted) return undefined;
    let isShown = true;
    const ask = async (): Promise<void> => {
      const { readCode } = await reader.fetch();
      const runs = await readCode(code, language);
      if (isShown) setFound({ code, language, runs });
    };
    // Without a network it is shown without colours
    ask().catch(() => undefined);
    return () => {
      isShown = false;
    };
  }, [code, language, isWanted]);
  return found?.code === code && found.language === language ? (found.runs ?? undefined) : undefined;
}
