import { useLingui } from '@lingui/react';
import { AdminSections, Page, type SchoolDraft, SchoolSettings } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../acting.ts';
import { useAnswers } from '../asked.ts';
import { useClient, useSchool } from '../client.tsx';
import { ForAdministrators } from './ForAdministrators.tsx';
import { useLogo } from '../look.ts';
import { useTell } from '../notices.tsx';
import { useSession } from '../signed.tsx';
import { SchoolActs } from './school/SchoolActs.tsx';
import { smallPng } from './school/picture.ts';

/** The school: how it looks, which languages it speaks, what it has decided; and who changed what lately. */
export default function SchoolAdmin() {
  return (
    <ForAdministrators>
      <Settings />
    </ForAdministrators>
  );
}

function Settings() {
  const { i18n } = useLingui();
  const client = useClient();
  const school = useSchool();
  const logo = useLogo();
  const { session } = useSession();
  const saving = useAct();
  const drawing = useAct();
  const answers = useAnswers();
  const tell = useTell();
  const [saved, setSaved] = useState(0);
  if (school === null) return null;
  const { version, name, accent, languages, policies } = school;
  const done = () => {
    tell(i18n._('Salvo. Quem está com o Recreio aberto já vê.'));
    void answers.again('audit.list');
  };
  async function save(changed: Partial<SchoolDraft>) {
    const { name: nextName, accent: nextAccent, languages: next, joiningDomains, quietHours, ...others } = changed;
    const decided = {
      ...others,
      ...(joiningDomains === undefined ? {} : { joiningDomains: [...joiningDomains] }),
      ...(quietHours === undefined ? {} : { quietHours: quietHours && { ...quietHours, days: [...quietHours.days] } }),
    };
    const isDone = await saving.run(() =>
      client.call('school.update', {
        version,
        ...(nextName === undefined ? {} : { name: nextName }),
        ...(nextAccent === undefined ? {} : { accent: nextAccent }),
        ...(next === undefined ? {} : { languages: { offered: [...next.offered], default: next.default } }),
        ...(Object.keys(decided).length === 0 ? {} : { policies: decided }),
      }),
    );
    if (!isDone) return;
    setSaved((times) => times + 1);
    done();
  }
  async function draw(picture: File | null) {
    const isDone = await drawing.run(async () => {
      // What cannot be drawn is sent as nothing, and the server's refusal is the one that is shown
      const png = picture === null ? null : ((await smallPng(picture)) ?? 'AAAA');
      await client.call('school.setLogo', { version, png });
    });
    if (isDone) done();
  }
  return (
    <Page
      id="conteudo"
      title={i18n._('A escola')}
      words={i18n._('O que muda aqui vale para todos, na mesma hora.')}
      backHref="/"
    >
      <AdminSections current="school" />
      <SchoolSettings
        key={saved}
        school={{ name, accent, languages, ...policies }}
        logo={logo}
        sendsMail={session.name === 'in' && session.welcome.mail}
        busy={saving.busy}
        busyLogo={drawing.busy}
        error={saving.error}
        errorLogo={drawing.error}
        onSave={(changed) => void save(changed)}
        onLogo={(picture) => void draw(picture)}
      />
      <SchoolActs />
    </Page>
  );
}
