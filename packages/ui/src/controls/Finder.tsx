import { SearchField, SelectField } from './Field.tsx';

/** What every list of an administrator's pages is shown with, and what is done with it. */
export type FoundPages<Filter> = {
  total: number;
  query: string;
  filter: Filter;
  loading: boolean;
  failed: boolean;
  hasMore: boolean;
  onQuery: (text: string) => void;
  onFilter: (filter: Filter) => void;
  onMore: () => void;
  onRetry: () => void;
};

/** Words and one choice by which a list is narrowed, above it. */
export function Finder<Filter extends string>({
  label,
  placeholder,
  query,
  onQuery,
  which,
  filter,
  filters,
  onFilter,
}: Pick<FoundPages<Filter>, 'query' | 'onQuery' | 'filter' | 'onFilter'> & {
  label: string;
  placeholder: string;
  /** What is chosen between. */
  which: string;
  filters: readonly { readonly value: Filter; readonly label: string }[];
}) {
  return (
    <form className="finder finder--row" role="search" onSubmit={(event) => event.preventDefault()}>
      <SearchField
        label={label}
        placeholder={placeholder}
        value={query}
        onChange={(event) => onQuery(event.target.value)}
      />
      <SelectField
        quiet
        label={which}
        value={filter}
        onChange={(event) => onFilter(event.target.value as Filter)}
        options={[...filters]}
      />
    </form>
  );
}
