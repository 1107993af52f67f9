import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { ListSkeleton, Trouble } from './Empty.tsx';

/** What a search has found, page by page: waiting, trouble, nothing, or the rows, with how many there are of them in all. */
export function FoundList({
  loading,
  failed = false,
  hasMore = false,
  trouble,
  nothing,
  total,
  more,
  onMore,
  onRetry,
  children,
}: {
  loading: boolean;
  failed?: boolean | undefined;
  hasMore?: boolean | undefined;
  /** What could not be had, in words. */
  trouble: string;
  /** Stands there when nothing was found. */
  nothing: ReactNode;
  /** How many there are, in words. */
  total: string;
  /** The word of the button for the next page. */
  more: string;
  onMore?: (() => void) | undefined;
  onRetry: () => void;
  /** The rows; none where nothing is there (yet). */
  children: readonly ReactNode[];
}) {
  const { i18n } = useLingui();
  return (
    <>
      {children.length > 0 ? (
        <>
          <p className="small soft people-total" role="status">
            {total}
          </p>
          <ul className="cards" aria-busy={loading}>
            {children}
          </ul>
        </>
      ) : failed ? (
        <Trouble title={trouble} words={i18n._('A rede ou a escola não respondeu.')} onRetry={onRetry} />
      ) : loading ? (
        <ListSkeleton />
      ) : (
        nothing
      )}
      {hasMore && onMore && (
        <div className="more">
          <Button onClick={onMore} busy={loading}>
            {more}
          </Button>
        </div>
      )}
    </>
  );
}
