import type { ReactNode } from 'react';

/** A chalk drawing of the yard: hopscotch, its stone fallen out, ball, bench, hollow blocks. */
export type ChalkName = 'hopscotch' | 'out' | 'ball' | 'bench' | 'blocks';

const court = (
  <>
    <path d="M14 60a24 24 0 0 1 24-24h4v48h-4a24 24 0 0 1-24-24zM42 44h32v32H42zM74 28h32v64H74zM74 60h32M106 44h32v32h-32zM138 28h32v64h-32zM138 60h32M170 44h24v32h-24z" />
    <path className="c-pen" d="M194 36h6a24 24 0 0 1 0 48h-6z" />
    <text x="58" y="65">
      1
    </text>
    <text x="90" y="49">
      2
    </text>
    <text x="90" y="81">
      3
    </text>
    <text x="122" y="65">
      4
    </text>
    <text x="154" y="49">
      5
    </text>
    <text x="154" y="81">
      6
    </text>
    <text x="182" y="65">
      7
    </text>
  </>
);

/** What each is drawn of, in a box of 240 × 120. */
export const chalk: Readonly<Record<ChalkName, ReactNode>> = {
  hopscotch: (
    <>
      {court}
      <circle className="c-ball" cx="27" cy="60" r="7" />
    </>
  ),
  out: (
    <>
      {court}
      <path className="c-faint" d="M40 20c6 10 4 52 12 72" strokeDasharray="1 8" />
      <circle className="c-ball" cx="54" cy="103" r="7" />
    </>
  ),
  ball: (
    <>
      <path className="c-faint" d="M10 100h220M120 100V46" />
      <path d="M70 100a50 50 0 0 1 100 0" />
      <circle className="c-ball" cx="120" cy="86" r="13" />
    </>
  ),
  bench: (
    <>
      <path d="M30 70h180M44 70v34M196 70v34M30 70v-8h180v8" />
      <path className="c-faint" d="M10 104h220" />
      <path className="c-pen" d="M96 62V46a18 18 0 0 1 36 0v16" />
    </>
  ),
  blocks: (
    <>
      <path d="M40 20h48v48H40zM96 20h48v48H96zM152 20h48v48h-48z" />
      <path d="M64 26c2 10 8 16 18 18-10 2-16 8-18 18-2-10-8-16-18-18 10-2 16-8 18-18zM120 26c2 10 8 16 18 18-10 2-16 8-18 18-2-10-8-16-18-18 10-2 16-8 18-18z" />
      <path className="c-pen" d="M176 26c2 10 8 16 18 18-10 2-16 8-18 18-2-10-8-16-18-18 10-2 16-8 18-18z" />
      <path className="c-faint" d="M10 96h220" />
    </>
  ),
};
