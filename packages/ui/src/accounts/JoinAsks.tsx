import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { agoTime } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Avatar } from '../people/Avatar.tsx';

/** Somebody who asks to come into the school. Time in ms. */
export type JoinAskView = {
  id: string;
  name: string;
  email: string;
  words: string;
  at: number;
  /** There is an account with this address. */
  isKnown: boolean;
};

/** Who asks to come in, above the list of those who are in. What they write is theirs, and only shown. */
export function JoinAsks({
  asks,
  now,
  onAdmit,
  onDecline,
}: {
  asks: readonly JoinAskView[];
  now: number;
  onAdmit: (ask: JoinAskView) => void;
  onDecline: (ask: JoinAskView) => void;
}) {
  const { i18n } = useLingui();
  if (asks.length === 0) return null;
  return (
    <section className="shelf join-asks" aria-labelledby="pedidos">
      <h2 id="pedidos">
        {i18n._('{count, plural, one {# pedido para entrar} other {# pedidos para entrar}}', { count: asks.length })}
      </h2>
      <ul className="cards">
        {asks.map((ask) => (
          <li key={ask.id} className="card-row card-row--acts">
            <Avatar person={{ id: ask.id, name: ask.name }} size="l" />
            <div className="card-words">
              <h3 dir="auto">{ask.name}</h3>
              <p className="small soft email">
                {ask.email} · <When at={ask.at}>{agoTime(ask.at, now, i18n.locale)}</When>
              </p>
              {ask.words !== '' && (
                <p className="small join-words" dir="auto">
                  {ask.words}
                </p>
              )}
              {ask.isKnown && <p className="tag tag--marker">{i18n._('Já há uma conta com este e-mail')}</p>}
            </div>
            <div className="row">
              <Button
                small
                emphasis="quiet"
                aria-label={i18n._('Recusar o pedido de {name}', { name: ask.name })}
                onClick={() => onDecline(ask)}
              >
                {i18n._('Recusar')}
              </Button>
              {!ask.isKnown && (
                <Button small aria-label={i18n._('Aceitar {name}', { name: ask.name })} onClick={() => onAdmit(ask)}>
                  {i18n._('Aceitar')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
