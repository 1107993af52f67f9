import { useLingui } from '@lingui/react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from './Button.tsx';
import type { ChalkName } from './chalk.tsx';
import { late } from './late.ts';

const drawings = late(() => import('./chalk.tsx'));

/** A chalk drawing; decorative, the words stand below it. Fetched apart, and left out where it cannot be. */
export function Chalk({ name }: { name: ChalkName }) {
  const [part, setPart] = useState(drawings.fetched);
  useEffect(() => void drawings.fetch().then(setPart, () => undefined), []);
  return (
    <svg className="chalk" viewBox="0 0 240 120" aria-hidden="true" focusable="false">
      {part?.chalk[name]}
    </svg>
  );
}

/** Nothing here, and the next step. `heading` fits the page's outline. */
export function Empty({
  chalk: name,
  title,
  heading = 2,
  children,
  action,
}: {
  chalk: ChalkName;
  title: string;
  heading?: 1 | 2 | 3;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const Heading = `h${heading}` as const;
  return (
    <section className="empty">
      <Chalk name={name} />
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {action}
    </section>
  );
}

/** Something could not be fetched. What was on the screen before should stay there; this is for when there was nothing. */
export function Trouble({ title, words, onRetry }: { title: string; words: string; onRetry?: () => void }) {
  const { i18n } = useLingui();
  return (
    <div role="alert">
      <Empty
        chalk="blocks"
        title={title}
        action={
          onRetry && (
            <Button icon="refresh-cw" onClick={onRetry}>
              {i18n._('Tentar de novo')}
            </Button>
          )
        }
      >
        {words}
      </Empty>
    </div>
  );
}

/** The page or the room that no address leads to, or that this person may not know of. */
export function NotFound({ what = 'page', action }: { what?: 'page' | 'room'; action?: ReactNode }) {
  const { i18n } = useLingui();
  return (
    <Empty
      chalk="out"
      heading={1}
      title={what === 'page' ? i18n._('Página não encontrada') : i18n._('Sala não encontrada')}
      action={action}
    >
      {what === 'page'
        ? i18n._('A pedrinha caiu fora: este endereço não existe, ou a página não está aberta para você.')
        : i18n._('A pedrinha caiu fora: esta sala não existe mais, ou só a encontra quem recebeu convite.')}
    </Empty>
  );
}

/** The shape of slips to come; appears only after 150 ms of waiting. */
export function TalkSkeleton({ count = 3 }: { count?: number }) {
  const { i18n } = useLingui();
  return (
    <div className="skel-talk">
      <span className="sr">{i18n._('Carregando mensagens')}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="skel" aria-hidden="true">
          <i className="a" />
          <i className="skel-long" />
          <i className="skel-short" />
        </div>
      ))}
    </div>
  );
}

/** The shape of a list to come; appears only after 150 ms of waiting. */
export function ListSkeleton({ count = 5 }: { count?: number }) {
  const { i18n } = useLingui();
  return (
    <div className="skel-list">
      <span className="sr">{i18n._('Carregando')}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="skel" aria-hidden="true">
          <i className="skel-long" />
          <i className="skel-short" />
        </div>
      ))}
    </div>
  );
}
