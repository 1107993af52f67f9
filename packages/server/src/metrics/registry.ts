/** Numbers for an operator's monitoring, in the text format of Prometheus 0.0.4. Labels name kinds, never people, rooms or addresses. */

/** Label → value; the values of one label are few. */
export type Labels = Readonly<Record<string, string>>;

/** Counts up. */
export interface Counter {
  add(labels?: Labels, by?: number): void;
}

/** Counts how long things took, in buckets. */
export interface Histogram {
  /** In seconds. */
  observe(seconds: number, labels?: Labels): void;
}

/** All numbers of a process. */
export interface Registry {
  counter(name: string, help: string): Counter;
  histogram(name: string, help: string, buckets?: readonly number[]): Histogram;
  /** A number that is read when it is asked for; `null` leaves it out. */
  gauge(name: string, help: string, read: () => number | null | readonly (readonly [Labels, number])[]): void;
  /** Everything, as text. */
  text(): string;
}

/** Seconds: from a cached answer to a request that has been given up. */
export const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
/** More combinations of labels than this are a mistake in the program: the rest is counted as one. */
const MOST_SERIES = 2_000;

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
const written = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

/** One value for each combination of labels. */
const series = <T>(fresh: () => T) => {
  const values = new Map<string, { readonly labels: Labels; readonly value: T }>();
  return {
    values,
    of: (labels: Labels): T => {
      const key = written(labels);
      const known = values.get(key);
      if (known) return known.value;
      const kept = values.size < MOST_SERIES ? labels : { other: 'true' };
      const there = values.get(written(kept)) ?? { labels: kept, value: fresh() };
      values.set(written(kept), there);
      return there.value;
    },
  };
};

/** Makes a registry. */
export const makeRegistry = (): Registry => {
  const families: (() => string[])[] = [];
  const family = (name: string, help: string, type: string, lines: () => string[]): void => {
    families.push(() => {
      const body = lines();
      return body.length === 0
        ? []
        : [`# HELP ${name} ${help.replaceAll('\n', ' ')}`, `# TYPE ${name} ${type}`, ...body];
    });
  };
  return {
    counter: (name, help) => {
      const counts = series(() => ({ count: 0 }));
      family(name, help, 'counter', () =>
        [...counts.values.values()].map(({ labels, value }) => `${name}${written(labels)} ${value.count}`),
      );
      return {
        add: (labels = {}, by = 1) => {
          counts.of(labels).count += by;
        },
      };
    },
    histogram: (name, help, buckets = SECONDS) => {
      const all = series(() => ({ counts: buckets.map(() => 0), sum: 0, count: 0 }));
      family(name, help, 'histogram', () =>
        [...all.values.values()].flatMap(({ labels, value: { counts, sum, count } }) => [
          ...buckets.map((le, i) => `${name}_bucket${written({ ...labels, le: String(le) })} ${counts[i] ?? 0}`),
          `${name}_bucket${written({ ...labels, le: '+Inf' })} ${count}`,
          `${name}_sum${written(labels)} ${sum}`,
          `${name}_count${written(labels)} ${count}`,
        ]),
      );
      return {
        observe: (seconds, labels = {}) => {
          const one = all.of(labels);
          one.sum += seconds;
          one.count += 1;
          // Each bucket holds all that is not above it
          for (const [i, le] of buckets.entries()) if (seconds <= le) one.counts[i] = (one.counts[i] ?? 0) + 1;
        },
      };
    },
    gauge: (name, help, read) => {
      family(name, help, 'gauge', () => {
        const value = read();
        if (value === null) return [];
        return typeof value === 'number'
          ? [`${name} ${value}`]
          : value.map(([labels, number]) => `${name}${written(labels)} ${number}`);
      });
    },
    text: () => `${families.flatMap((lines) => lines()).join('\n')}\n`,
  };
};
