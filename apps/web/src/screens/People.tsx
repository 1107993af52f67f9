import { useLingui } from '@lingui/react';
import type { CallInput } from '@recreio/client';
import type { AccountRecord } from '@recreio/protocol';
import { type AccountView, AdminSections, Button, everybody, Page, PeopleAdmin } from '@recreio/ui';
import { useState } from 'react';
import { usePaused, useServerNow } from '../acting.ts';
import { useAnswers, useAsked, usePages } from '../asked.ts';
import { useMe } from '../client.tsx';
import { personView } from '../people.ts';
import { ForAdministrators } from './ForAdministrators.tsx';
import { AccountDialog, type AskingAccount } from './people/AccountDialog.tsx';
import Devices from './people/Devices.tsx';
import Importing from './people/Importing.tsx';
import JoinAsks from './people/JoinAsks.tsx';
import { courseName } from './rooms/making.ts';

/** People in one page of the list. */
const PAGE = 50;

/** The people of the school, for those who administer it; to others the page is not there. */
export default function People() {
  const me = useMe();
  return <ForAdministrators>{me && <Administration me={me.id} />}</ForAdministrators>;
}

function Administration({ me }: { me: string }) {
  const { i18n } = useLingui();
  const now = useServerNow();
  const answers = useAnswers();
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState(everybody);
  const [asking, setAsking] = useState<AskingAccount>();
  const [opened, setOpened] = useState<AccountView>();
  const [isImporting, setImporting] = useState(false);
  const text = usePaused(query.trim());
  const input: CallInput<'accounts.list'> = {
    limit: PAGE,
    ...(text === '' ? {} : { text }),
    ...(filter.role === 'all' ? {} : { role: filter.role }),
    ...(filter.state === 'all' ? {} : { state: filter.state }),
    ...(filter.course === 'all' ? {} : { course: filter.course }),
  };
  const courses = useAsked('lessons.courses', {});
  const pages = usePages('accounts.list', input);
  const refresh = () => void answers.again('accounts.list');
  return (
    <Page
      id="conteudo"
      title={i18n._('Pessoas da escola')}
      words={i18n._('Quem entra, e com que papel. O que as pessoas escrevem não aparece aqui.')}
      backHref="/"
      action={
        <>
          <Button icon="upload" onClick={() => setImporting(true)}>
            {i18n._('Importar planilha')}
          </Button>
          <Button emphasis="pen" icon="user-plus" onClick={() => setAsking({ kind: 'invite' })}>
            {i18n._('Convidar')}
          </Button>
        </>
      }
    >
      <AdminSections current="people" />
      <JoinAsks onDone={refresh} />
      <PeopleAdmin
        people={(pages.data?.pages ?? []).flatMap(({ people }) => people.map((account) => accountView(account, me)))}
        total={pages.data?.pages.at(-1)?.total ?? 0}
        query={query}
        filter={filter}
        courses={(courses.data?.courses ?? []).map((course) => ({ id: course.id, title: courseName(course) }))}
        loading={pages.isPending || pages.isFetching}
        failed={pages.isError}
        hasMore={pages.hasNextPage}
        now={now}
        onQuery={setQuery}
        onFilter={setFilter}
        onMore={() => void pages.fetchNextPage()}
        onRetry={() => void pages.refetch()}
        onDevices={setOpened}
        onEdit={(account) => setAsking({ kind: 'change', account })}
        onResetLink={(account) => setAsking({ kind: 'link', account })}
        onResetFactors={(account) => setAsking({ kind: 'factors', account })}
        onDisable={(account) => setAsking({ kind: 'disable', account })}
        onEnable={(account) => setAsking({ kind: 'enable', account })}
      />
      {asking && <AccountDialog asking={asking} onClose={() => setAsking(undefined)} onDone={refresh} />}
      {opened && <Devices account={opened} onClose={() => setOpened(undefined)} />}
      {isImporting && <Importing onClose={() => setImporting(false)} onDone={refresh} />}
    </Page>
  );
}

function accountView(account: AccountRecord, me: string): AccountView {
  const { email, role, minor, state, lastSeenAt, secondFactor = false } = account;
  return {
    person: personView(account, me),
    email,
    role,
    minor,
    state,
    secondFactor,
    lastSeenAt: lastSeenAt === null ? null : Date.parse(lastSeenAt),
  };
}
