import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { TextArea, TextField } from '../controls/Field.tsx';
import { Door } from './Door.tsx';
import { looksLikeEmail } from './email.ts';

/** What somebody says who asks to come in; name and words only where people decide. */
export type AskDraft = { email: string; name: string; words: string };

/**
 * Asks to come into the school: by the address alone, where a link goes to it, or with a name, where people decide.
 * What is said after is the same whoever has the address, or nobody.
 */
export function AskToJoin({
  how,
  isSent,
  busy,
  error,
  onAsk,
  onBack,
}: {
  how: 'domain' | 'approval';
  isSent: boolean;
  busy?: boolean | undefined;
  error?: string | undefined;
  onAsk: (draft: AskDraft) => void;
  onBack: () => void;
}) {
  const { i18n } = useLingui();
  const [draft, setDraft] = useState<AskDraft>({ email: '', name: '', words: '' });
  const [asked, setAsked] = useState(false);
  const byName = how === 'approval';
  const noName = byName && draft.name.trim() === '';
  const noEmail = !looksLikeEmail(draft.email.trim());
  const email = draft.email.trim();
  const back = (
    <Button wide emphasis="quiet" onClick={onBack}>
      {i18n._('Voltar')}
    </Button>
  );
  if (isSent)
    return byName ? (
      <Door
        title={i18n._('Pedido feito')}
        words={i18n._('Quem administra a escola vai ler. Se aceitar, você recebe um link para escolher a sua senha.')}
      >
        <p className="small soft" role="status">
          {i18n._('O link chega por {email}, ou alguém da escola entrega a você.', { email })}
        </p>
        {back}
      </Door>
    ) : (
      <Door
        title={i18n._('Veja o seu e-mail')}
        words={i18n._('Se {email} for um endereço da escola, um link já está a caminho. Ele vale um dia.', { email })}
      >
        <p className="small soft" role="status">
          {i18n._('Não chegou? Confira o endereço e a caixa de lixo, ou fale com quem administra a escola.')}
        </p>
        {back}
      </Door>
    );
  return (
    <Door
      title={byName ? i18n._('Pedir para entrar') : i18n._('Criar conta')}
      words={
        byName
          ? i18n._('Diga quem você é. Quem administra a escola lê o pedido e decide.')
          : i18n._('Diga o seu e-mail da escola. Mandamos para ele um link com que você cria a conta.')
      }
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (noName || noEmail) {
            // The marks are drawn by then
            const form = event.currentTarget;
            requestAnimationFrame(() => form.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus());
          } else if (!busy) onAsk({ email, name: draft.name.trim(), words: draft.words.trim() });
        }}
      >
        {byName && (
          <TextField
            label={i18n._('Seu nome')}
            autoComplete="name"
            maxLength={80}
            value={draft.name}
            error={asked && noName ? i18n._('Falta preencher.') : undefined}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        )}
        <TextField
          label={byName ? i18n._('Seu e-mail') : i18n._('E-mail da escola')}
          type="email"
          autoComplete="username"
          inputMode="email"
          maxLength={254}
          value={draft.email}
          error={asked && noEmail ? i18n._('Confira o e-mail: precisa de um @ e de um domínio.') : error}
          onChange={(event) => setDraft({ ...draft, email: event.target.value })}
        />
        {byName && (
          <TextArea
            label={i18n._('Um recado (se quiser)')}
            hint={i18n._('Por exemplo: a sua turma, ou quem conhece você na escola.')}
            maxLength={500}
            rows={3}
            value={draft.words}
            onChange={(event) => setDraft({ ...draft, words: event.target.value })}
          />
        )}
        <Button wide type="submit" emphasis="pen" busy={busy}>
          {byName ? i18n._('Fazer o pedido') : i18n._('Mandar o link')}
        </Button>
        {back}
      </form>
    </Door>
  );
}
