import { useLingui } from '@lingui/react';
import { AdminSections, Button, HealthView, ListSkeleton, Page, Trouble } from '@recreio/ui';
import { useAsked } from '../asked.ts';
import { ForAdministrators } from './ForAdministrators.tsx';

/** How the installation is, for those who administer the school. */
export default function HealthAdmin() {
  return (
    <ForAdministrators>
      <Installation />
    </ForAdministrators>
  );
}

function Installation() {
  const { i18n } = useLingui();
  const { data, isError, isFetching, refetch } = useAsked('health.get', {});
  return (
    <Page
      id="conteudo"
      title={i18n._('Saúde da instalação')}
      words={i18n._('Como está o servidor que respondeu agora. Nada do que as pessoas escrevem aparece aqui.')}
      backHref="/"
      action={
        <Button icon="refresh-cw" busy={isFetching} onClick={() => void refetch()}>
          {i18n._('Olhar de novo')}
        </Button>
      }
    >
      <AdminSections current="health" />
      {isError && !data && (
        <Trouble
          title={i18n._('Não deu para saber')}
          words={i18n._('A rede ou a escola não respondeu.')}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !isError && <ListSkeleton count={4} />}
      {data && (
        <HealthView
          health={{
            ...data,
            startedAt: Date.parse(data.startedAt),
            faults: data.faults.map((fault) => ({ ...fault, lastAt: Date.parse(fault.lastAt) })),
          }}
        />
      )}
    </Page>
  );
}
