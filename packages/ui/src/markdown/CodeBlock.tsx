import { useLingui } from '@lingui/react';
import { use, useEffect, useState } from 'react';
import { IconButton } from '../controls/Button.tsx';
import { useColours } from '../code/coloured.ts';
import { Reachable } from './reach.ts';

/** Code with its language's name and a way to copy it. It scrolls sideways by itself, also from the keyboard. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const { i18n } = useLingui();
  const reach = use(Reachable) ? 0 : -1;
  const shown = code.replace(/\n$/, '');
  const colours = useColours(shown, language);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const name = language || i18n._('Código');
  return (
    <div className="code">
      <div className="code-head">
        <span>{name}</span>
        <IconButton
          small
          tabIndex={reach}
          icon={copied ? 'check' : 'copy'}
          label={copied ? i18n._('Copiado') : i18n._('Copiar código')}
          onClick={() =>
            void navigator.clipboard.writeText(code).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        />
      </div>
      <pre tabIndex={reach} role="region" aria-label={i18n._('Código em {name}', { name })}>
        <code>
          {colours === undefined
            ? shown
            : colours.map(([words, kind], nth) =>
                kind === null ? (
                  words
                ) : (
                  <span key={nth} className={`code-${kind}`}>
                    {words}
                  </span>
                ),
              )}
        </code>
      </pre>
    </div>
  );
}
