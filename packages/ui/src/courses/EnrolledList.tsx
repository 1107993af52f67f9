import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Empty } from '../controls/Empty.tsx';
import { SearchField } from '../controls/Field.tsx';
import { FoundList } from '../controls/FoundList.tsx';
import type { PersonView } from '../people/person.ts';
import { CoursePerson } from './CoursePerson.tsx';

/** Somebody who is in a course. */
export type EnrolledView = { person: PersonView; isStaff: boolean };

/** Who is in a course, its staff first, with what they are in it. */
export function EnrolledList({
  people,
  total,
  query,
  loading,
  failed,
  hasMore,
  onQuery,
  onAdd,
  onRemove,
  onMore,
  onRetry,
}: {
  people: readonly EnrolledView[];
  total: number;
  query: string;
  loading: boolean;
  failed: boolean;
  hasMore: boolean;
  onQuery: (text: string) => void;
  /** Left out where one may not say who is in it. */
  onAdd?: (() => void) | undefined;
  onRemove?: ((one: EnrolledView) => void) | undefined;
  onMore: () => void;
  onRetry: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <>
      {(total > 0 || query !== '') && (
        <form className="finder" role="search" onSubmit={(event) => event.preventDefault()}>
          <SearchField
            label={i18n._('Procurar no curso')}
            placeholder={i18n._('Nome da pessoa')}
            value={query}
            onChange={(event) => onQuery(event.target.value)}
          />
        </form>
      )}
      <FoundList
        loading={loading}
        failed={failed}
        hasMore={hasMore}
        trouble={i18n._('Não deu para buscar quem está no curso')}
        nothing={
          query.trim() === '' ? (
            <Empty
              heading={3}
              chalk="bench"
              title={i18n._('Ninguém no curso ainda')}
              action={
                onAdd && (
                  <Button emphasis="pen" icon="user-plus" onClick={onAdd}>
                    {i18n._('Colocar pessoas')}
                  </Button>
                )
              }
            >
              {i18n._('Quem trabalha na escola entra como equipe do curso; os outros, como estudantes dele.')}
            </Empty>
          ) : (
            <Empty heading={3} chalk="bench" title={i18n._('Ninguém com esse nome no curso')} />
          )
        }
        total={i18n._('{total, plural, one {# pessoa} other {# pessoas}}', { total })}
        more={i18n._('Ver mais pessoas')}
        onMore={onMore}
        onRetry={onRetry}
      >
        {people.map((one) => (
          <CoursePerson
            key={one.person.id}
            person={one.person}
            heading="h3"
            words={one.isStaff ? i18n._('Equipe do curso') : i18n._('Faz o curso')}
            onRemove={onRemove && (() => onRemove(one))}
          />
        ))}
      </FoundList>
    </>
  );
}
