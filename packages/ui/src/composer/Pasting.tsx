import { useLingui } from '@lingui/react';
import { type ClipboardEvent, type Ref, type RefObject, useImperativeHandle, useState } from 'react';
import { Button, IconButton } from '../controls/Button.tsx';
import { Icon } from '../icons/Icon.tsx';
import { isMuchCode, pasteOf } from './pasting.ts';

/** How the box hands over what is pasted into it. */
export type PastingHandle = { paste: (event: ClipboardEvent<HTMLTextAreaElement>) => void };

/** Writes as a hand would: the one way after which Ctrl+Z takes it back. Whether the browser did. */
const write = (words: string): boolean => document.execCommand('insertText', false, words);

/** What is pasted becomes Markdown, or a link; of much code it is asked whether it is meant as such. Nothing is done that Ctrl+Z does not undo. */
export function Pasting({
  text,
  box,
  ref,
}: {
  text: string;
  box: RefObject<HTMLTextAreaElement | null>;
  ref: Ref<PastingHandle>;
}) {
  const { i18n } = useLingui();
  const [code, setCode] = useState<string>();
  useImperativeHandle(ref, () => ({
    paste(event) {
      const { value, selectionStart, selectionEnd } = event.currentTarget;
      const paste = {
        html: event.clipboardData.getData('text/html'),
        text: event.clipboardData.getData('text/plain').replaceAll('\r\n', '\n'),
        before: value.slice(0, selectionStart),
        selected: value.slice(selectionStart, selectionEnd),
      };
      const isCode = isMuchCode(paste);
      setCode(isCode ? paste.text : undefined);
      const words = isCode ? undefined : pasteOf(paste);
      if (words !== undefined && write(words)) event.preventDefault();
    },
  }));
  function fence() {
    const at = code === undefined ? -1 : text.indexOf(code);
    setCode(undefined);
    if (code === undefined || at === -1 || !box.current) return;
    box.current.focus();
    box.current.setSelectionRange(at, at + code.length);
    write(`${at === 0 || text[at - 1] === '\n' ? '' : '\n'}\`\`\`\n${code.replace(/\n$/, '')}\n\`\`\`\n`);
  }
  function leave() {
    setCode(undefined);
    box.current?.focus();
  }
  return (
    <div role="status">
      {code !== undefined && text.includes(code) && (
        <div className="composer-head">
          <Icon name="info" />
          <span className="cut">{i18n._('Isto parece código.')}</span>
          <Button small push onClick={fence}>
            {i18n._('Pôr em bloco de código')}
          </Button>
          <IconButton small icon="x" label={i18n._('Deixar como está')} onClick={leave} />
        </div>
      )}
    </div>
  );
}
