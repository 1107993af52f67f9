import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Link } from '../layout/Link.tsx';
import { Markdown } from '../markdown/Markdown.tsx';
import { Avatar, RoleTag } from '../people/Avatar.tsx';
import type { PersonView } from '../people/person.ts';

/** A message that the reader has still to confirm. */
export type NoticeView = { id: string; href: string; author: PersonView; room: string; body: string };

/** What has to be read, whole, so that a yes is to all of it; it stays until it is confirmed. */
export function NoticesToConfirm({
  notices,
  busy,
  onConfirm,
}: {
  notices: readonly NoticeView[];
  busy: boolean;
  onConfirm: (id: string) => void;
}) {
  const { i18n } = useLingui();
  if (notices.length === 0) return null;
  return (
    <section aria-labelledby="para-confirmar">
      <h2 className="subhead inbox-day" id="para-confirmar">
        {i18n._('Para ler e confirmar')}
      </h2>
      <ul className="inbox">
        {notices.map(({ id, href, author, room, body }) => (
          <li key={id}>
            <article className="in-item is-new">
              <Avatar person={{ ...author, presence: undefined }} size="l" />
              <div className="in-body">
                <div className="in-top">
                  <h3>
                    <Link href={href}>{author.name}</Link>
                  </h3>
                  <RoleTag person={author} />
                </div>
                <div className="in-said" dir="auto">
                  <Markdown body={body} />
                </div>
                <p className="why" dir="auto">
                  {room}
                </p>
              </div>
              <div className="in-acts">
                <Button small emphasis="pen" icon="check" busy={busy} onClick={() => onConfirm(id)}>
                  {i18n._('Li e entendi')}
                </Button>
              </div>
            </article>
          </li>
        ))}
      </ul>
    </section>
  );
}
