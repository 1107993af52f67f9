import { useLingui } from '@lingui/react';
import { Banner, Button } from '@recreio/ui';
import { useEffect, useState } from 'react';
import { useClient, useKeeping } from './client.tsx';

/** What leaves within this time needs no warning, in ms. */
const graceMs = 2000;

/** Whether something unsent would go with the page, for longer than a send takes. */
function useAtRisk(): boolean {
  const { isDurable, unsent } = useKeeping();
  const isNow = !isDurable && unsent > 0;
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isNow) return undefined;
    const timer = setTimeout(() => setLong(true), graceMs);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isNow]);
  useEffect(() => {
    if (!isNow) return undefined;
    // The browser asks in its own words; only where something would be lost
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isNow]);
  return isNow && isLong;
}

/** Says what a person should know of this browser's memory, and nothing while all is well. */
export function KeepingNotice() {
  const { i18n } = useLingui();
  const client = useClient();
  const { unreadable } = useKeeping();
  const isAtRisk = useAtRisk();
  return (
    <>
      {isAtRisk && (
        <Banner tone="marker" icon="triangle-alert" edge role="status">
          {i18n._(
            'Este navegador não está guardando o que você escreve. Deixe esta página aberta até as mensagens saírem.',
          )}
        </Banner>
      )}
      {unreadable > 0 && (
        <Banner
          icon="triangle-alert"
          edge
          role="status"
          aside={
            <Button small onClick={() => void client.clearUnreadable().catch(reportError)}>
              {i18n._('Entendi')}
            </Button>
          }
        >
          {i18n._(
            '{unreadable, plural, one {# coisa que você escreveu neste navegador e não foi enviada não pode mais ser lida. Escreva de novo, se ainda valer.} other {# coisas que você escreveu neste navegador e não foram enviadas não podem mais ser lidas. Escreva de novo, se ainda valer.}}',
            { unreadable },
          )}
        </Banner>
      )}
    </>
  );
}
