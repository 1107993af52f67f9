import { useLingui } from '@lingui/react';
import { type CallOutput, ProblemError } from '@recreio/client';
import { Button, Door, Link, ListSkeleton, RedeemLink } from '@recreio/ui';
import { useCallback, useEffect, useState } from 'react';
import { useAct } from '../acting.ts';
import { useClient } from '../client.tsx';
import { troubleWords } from '../problems.ts';
import { enterAnew, languageOf } from './redeemed.ts';

type Reading =
  | { state: 'asking' }
  | { state: 'read'; link: CallOutput<'joining.read'> }
  | { state: 'used' }
  | { state: 'failed'; error: unknown };

/** The page of a link that went to an address of the school: a name, a password, and one is in. */
export default function NewAccount({ token }: { token: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const act = useAct();
  const [reading, setReading] = useState<Reading>({ state: 'asking' });
  const read = useCallback(async (): Promise<Reading> => {
    try {
      return { state: 'read', link: await client.call('joining.read', { token }) };
    } catch (error) {
      return isUsed(error) ? { state: 'used' } : { state: 'failed', error };
    }
  }, [client, token]);
  useEffect(() => {
    let isHere = true;
    void (async () => {
      const next = await read();
      if (isHere) setReading(next);
    })();
    return () => {
      isHere = false;
    };
  }, [read]);
  switch (reading.state) {
    case 'asking':
      return (
        <Door title={i18n._('Um instante')} words={i18n._('Lendo o seu link de entrada.')}>
          <ListSkeleton count={2} />
        </Door>
      );
    case 'used':
      return (
        <Door
          title={i18n._('Este link não vale mais')}
          words={i18n._('Cada link só serve uma vez, por um dia. Se você já tem conta, entre; se não, peça outro.')}
        >
          <Link className="btn btn--pen btn--wide" href="/entrar">
            {i18n._('Ir para a entrada')}
          </Link>
        </Door>
      );
    case 'failed':
      return (
        <Door title={i18n._('Não deu para ler o link')} words={troubleWords(i18n, reading.error, client.serverNow())}>
          <Button
            wide
            emphasis="pen"
            onClick={() => {
              setReading({ state: 'asking' });
              void read().then(setReading);
            }}
          >
            {i18n._('Tentar de novo')}
          </Button>
        </Door>
      );
    case 'read':
      return (
        <RedeemLink
          kind="joining"
          email={reading.link.email}
          busy={act.busy}
          error={act.error}
          onRedeem={({ name, password }) =>
            void act.run(
              async () => {
                try {
                  await client.call('joining.enter', { token, name, password, language: languageOf(i18n.locale) });
                } catch (error) {
                  if (!isUsed(error)) throw error;
                  setReading({ state: 'used' });
                  return;
                }
                enterAnew();
              },
              { 'bad-text': i18n._('Confira o nome. Um nome parecido com o de alguém da equipe não é aceito.') },
            )
          }
        />
      );
  }
}

/** A token that is not of the form of one was cut when it was copied: for the person it is a link that does not work. */
const isUsed = (error: unknown): boolean =>
  error instanceof ProblemError && (error.problem.code === 'link-used' || error.problem.code === 'malformed');
