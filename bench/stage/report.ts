/** What a bench found, and how it is said in a terminal. */
import { short, shortSpread, type Spread } from './figures.ts';

/** One system's figures. */
export interface Row {
  readonly system: string;
  readonly figure: Spread;
  /** What else was measured, by column. */
  readonly more: Readonly<Record<string, string>>;
}

/** A goal of performance.md: Recreio beside another row, or beside a bound. */
export interface Goal {
  readonly text: string;
  /** What was reached, in the terms of the text; null when what it is compared with is not here. */
  readonly reached: number | null;
  readonly isMet: boolean | null;
}

/** One table of a bench. */
export interface Table {
  readonly title: string;
  /** What was done, in a sentence or two: numbers of clients, sizes, windows. */
  readonly what: string;
  readonly unit: string;
  readonly isMoreBetter: boolean;
  readonly rows: readonly Row[];
  readonly goals: readonly Goal[];
  /** Limits, missing peers, and what bounded a figure. */
  readonly notes: readonly string[];
}

/** How a bench is run. */
export interface Running {
  /** Measured runs of each system. */
  readonly runs: number;
  /** A few clients and milliseconds, to see that it works: the figures mean nothing. */
  readonly isTiny: boolean;
  /** Recreio alone, for who changes it and measures again. */
  readonly isAlone: boolean;
  /** The large sizes, too: 10 million messages. */
  readonly isDeep: boolean;
  /** Where V8's CPU profiles of the server go; null: none. */
  readonly profileFolder: string | null;
  /** For programs, lists and what was installed. */
  readonly folder: string;
  say(text: string): void;
}

/** A bench by its name. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  run(running: Running): Promise<readonly Table[]>;
}

/** The settings of the server's environment that make it write a CPU profile when it ends. */
export const profiling = ({ profileFolder }: Running): Readonly<Record<string, string>> =>
  profileFolder === null ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileFolder}` };

/** Recreio's figure over another's. */
export const times = (text: string, ours: Row | undefined, theirs: Row | undefined, atLeast: number): Goal => {
  if (!ours || !theirs) return { text, reached: null, isMet: null };
  const reached = ours.figure.median / theirs.figure.median;
  return { text, reached, isMet: reached >= atLeast };
};

/** A figure under, or over, a bound. */
export const bound = (text: string, reached: number | null, isMet: (value: number) => boolean): Goal => ({
  text,
  reached,
  isMet: reached === null ? null : isMet(reached),
});

/** What is left of a table whose figures mean nothing. */
export const unjudged = (table: Table): Table => ({
  ...table,
  goals: [],
  notes: ['TINY: this only shows that the bench works; the figures mean nothing.', ...table.notes],
});

/** Met, not met, or not known. */
export const verdict = (isMet: boolean | null): string => (isMet === null ? '?' : isMet ? 'met' : 'NOT MET');

/** A table for the terminal. */
export const shown = ({ title, what, unit, rows, goals, notes }: Table): string => {
  const columns = [...new Set(rows.flatMap(({ more }) => Object.keys(more)))];
  const [ours] = rows;
  const ratio = (row: Row) => (row === ours || !ours ? '' : `${short(ours.figure.median / row.figure.median)} ×`);
  const cells = [
    ['', unit, 'Recreio is', ...columns],
    ...rows.map((row) => [
      row.system,
      shortSpread(row.figure),
      ratio(row),
      ...columns.map((name) => row.more[name] ?? ''),
    ]),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = cells.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   '),
  );
  return [
    `\n${title}`,
    what,
    '',
    ...lines,
    ...(goals.length > 0 ? [''] : []),
    ...goals.map(
      ({ text, reached, isMet }) =>
        `${verdict(isMet).padEnd(7)}  ${text}: ${reached === null ? 'not measured here' : short(reached)}`,
    ),
    ...(notes.length > 0 ? [''] : []),
    ...notes.map((note) => `! ${note}`),
  ].join('\n');
};
