/** What of a school has changed, for the record. */
import type { School } from '@recreio/protocol';

/** Setting → from what to what, for those that differ; policies by their own names. */
export const changesOf = (
  before: School,
  after: School,
): Record<string, { readonly from: unknown; readonly to: unknown }> => {
  const [was, is] = [flat(before), flat(after)];
  return Object.fromEntries(
    Object.keys({ ...was, ...is })
      .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
      .map((name) => [name, { from: was[name] ?? null, to: is[name] ?? null }]),
  );
};

const flat = ({ name, accent, logo, languages, policies }: School): Readonly<Record<string, unknown>> => ({
  name,
  accent,
  logo,
  languages,
  ...policies,
});
