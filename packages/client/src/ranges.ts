/** Spans of seqs, both ends included; lists of them are sorted and do not touch. */
import type { Range } from '@recreio/protocol';

/** The list with one more span in it. */
export const include = (list: readonly Range[], added: Range): readonly Range[] => {
  if (added.to < added.from) return list;
  let { from, to } = added;
  const apart: Range[] = [];
  for (const range of list) {
    if (range.to < from - 1 || range.from > to + 1) apart.push(range);
    else {
      from = Math.min(from, range.from);
      to = Math.max(to, range.to);
    }
  }
  return [...apart, { from, to }].sort((a, b) => a.from - b.from);
};

/** The list without what lies in the span. */
export const exclude = (list: readonly Range[], taken: Range): readonly Range[] =>
  list.flatMap((range) => {
    if (range.to < taken.from || range.from > taken.to) return [range];
    const left = [];
    if (range.from < taken.from) left.push({ from: range.from, to: taken.from - 1 });
    if (range.to > taken.to) left.push({ from: taken.to + 1, to: range.to });
    return left;
  });

/** What of the list lies in the span. */
export const within = (list: readonly Range[], { from, to }: Range): readonly Range[] =>
  list
    .filter((range) => range.to >= from && range.from <= to)
    .map((range) => ({ from: Math.max(range.from, from), to: Math.min(range.to, to) }));
