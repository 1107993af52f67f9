import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';

/** A chalk drawing of the yard: hopscotch, its stone fallen out, ball, bench, hollow blocks. */
export type ChalkName = 'hopscotch' | 'out' | 'ball' | 'bench' | 'blocks';

/** A chalk drawing; decorative, the words stand below it. */
export function Chalk({ name }: { name: ChalkName }) {
  return (
    <svg className="chalk" viewBox="0 0 240 120" aria-hidden="true" focusable="false">
      {chalk[name]}
    </svg>
  );
}

const court = (
  <>
    <path d="M14 60a24 24 0 0 1 24-24h4v48h-4a24 24 0 0 1-24-24zM42 44h32v32H42zM74 28h32v64H74zM74 60h32M106 44h32v32h-32zM138 28h32v64h-32zM138 60h32M170 44h24v32h-24z" />
    <path className="c-pen" d="M194 36h6a24 24 0 0 1 0 48h-6z" />
    <text x="58" y="65">
      1
    </text>
    <text x="90" y="49">
      2
    </text>
    <text x="90" y="81">
      3
    </text>
    <text x="122" y="65">
      4
    </text>
    <text x="154" y="49">
      5
    </text>
    <text x="154" y="81">
      6
    </text>
    <text x="182" y="65">
      7
    </text>
  </>
);

const chalk: Record<ChalkName, ReactNode> = {
  hopscotch: (
    <>
      {court}
      <circle className="c-ball" cx="27" cy="60" r="7" />
    </>
  ),
  out: (
    <>
      {court}
      <path className="c-faint" d="M40 20c6 10 4 52 12 72" strokeDasharray="1 8" />
      <circle className="c-ball" cx="54" cy="103" r="7" />
    </>
  ),
  ball: (
    <>
      <path className="c-faint" d="M10 100h220M120 100V46" />
      <path d="M70 100a50 50 0 0 1 100 0" />
      <circle className="c-ball" cx="120" cy="86" r="13" />
    </>
  ),
  bench: (
    <>
      <path d="M30 70h180M44 70v34M196 70v34M30 70v-8h180v8" />
      <path className="c-faint" d="M10 104h220" />
      <path className="c-pen" d="M96 62V46a18 18 0 0 1 36 0v16" />
    </>
  ),
  blocks: (
    <>
      <path d="M40 20h48v48H40zM96 20h48v48H96zM152 20h48v48h-48z" />
      <path d="M64 26c2 10 8 16 18 18-10 2-16 8-18 18-2-10-8-16-18-18 10-2 16-8 18-18zM120 26c2 10 8 16 18 18-10 2-16 8-18 18-2-10-8-16-18-18 10-2 16-8 18-18z" />
      <path className="c-pen" d="M176 26c2 10 8 16 18 18-10 2-16 8-18 18-2-10-8-16-18-18 10-2 16-8 18-18z" />
      <path className="c-faint" d="M10 96h220" />
    </>
  ),
};

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
