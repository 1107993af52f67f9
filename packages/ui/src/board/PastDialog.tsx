import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { Dialog } from '../controls/Dialog.tsx';
import { fullTime, type Zone } from '../i18n/dates.ts';
import { Markdown } from '../markdown/Markdown.tsx';

/** What a message said at one time; `body` undefined where it cannot be read any more. */
export type RevisionView = { editNo: number; at: number; body: string | undefined };

/** What a message said before it was edited, the present words first. */
export function PastDialog({
  revisions,
  zone,
  children,
  onClose,
}: {
  /** Oldest first. */
  revisions: readonly RevisionView[];
  zone?: Zone;
  /** In their place: what is waited for, or why there are none. */
  children?: ReactNode;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <Dialog title={i18n._('O que dizia antes')} onClose={onClose}>
      {children}
      <ol className="listed">
        {revisions.toReversed().map((revision, nth) => (
          <li key={revision.editNo} className="listed-one">
            <p className="listed-head">
              <b>
                {nth === 0
                  ? i18n._('Agora')
                  : revision.editNo === 0
                    ? i18n._('Como foi enviada')
                    : i18n._('Edição {number}', { number: revision.editNo })}
              </b>{' '}
              <time className="muted small" dateTime={new Date(revision.at).toISOString()}>
                {fullTime(revision.at, i18n.locale, zone)}
              </time>
            </p>
            <div className="said listed-words" dir="auto">
              {revision.body === undefined ? (
                <i>{i18n._('Esta mensagem não pode mais ser lida.')}</i>
              ) : (
                <Markdown body={revision.body} />
              )}
            </div>
          </li>
        ))}
      </ol>
      <p className="small soft">{i18n._('Só quem escreveu e quem cuida da sala vê isto.')}</p>
    </Dialog>
  );
}
