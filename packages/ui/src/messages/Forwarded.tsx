import { useLingui } from '@lingui/react';
import { nearTime } from '../i18n/dates.ts';
import { Icon } from '../icons/Icon.tsx';
import { Link } from '../layout/Link.tsx';
import { Markdown, type MentionView } from '../markdown/Markdown.tsx';

/** What a reader may see of a message that is passed on to them. */
export type ForwardedView =
  | { kind: 'asking' | 'unseen' | 'removed' | 'unknown' }
  | {
      kind: 'seen';
      author: string;
      room: string;
      at: number;
      href: string;
      body: string;
      mentions: readonly MentionView[];
    };

/** The message that another passes on, as it stands where it was said, for who may see it there. */
export function Forwarded({ passed, now }: { passed: ForwardedView; now: number }) {
  const { i18n } = useLingui();
  if (passed.kind !== 'seen')
    return (
      <p className="forwarded forwarded--not small soft">
        <Icon name="forward" />
        {passed.kind === 'asking'
          ? i18n._('Buscando a mensagem encaminhada…')
          : passed.kind === 'removed'
            ? i18n._('A mensagem encaminhada foi removida.')
            : passed.kind === 'unseen'
              ? i18n._('Uma mensagem que você não pode ver.')
              : i18n._('A mensagem encaminhada não pôde ser buscada agora.')}
      </p>
    );
  return (
    <figure className="forwarded">
      <figcaption className="small">
        <Icon name="forward" />
        <b dir="auto">{passed.author}</b>
        <Link href={passed.href}>
          {i18n._('em {room}, {when}', { room: passed.room, when: nearTime(passed.at, now, i18n.locale) })}
        </Link>
      </figcaption>
      <blockquote className="said" dir="auto">
        <Markdown body={passed.body} mentions={passed.mentions} />
      </blockquote>
    </figure>
  );
}
