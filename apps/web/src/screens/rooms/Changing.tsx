import { useLingui } from '@lingui/react';
import type { Room } from '@recreio/protocol';
import { Button, isComplete, RoomFields, tidyRoom } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../../acting.ts';
import { useAnswers, useAsked } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useCourses } from '../../courses.ts';
import { useTell } from '../../notices.tsx';
import { changesOf, courseOptions, draftOf } from './making.ts';

/** The form in which an owner changes a room. */
export function Changing({ room, rules }: { room: Room; rules: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  const courses = useCourses();
  const categories = useAsked('rooms.categories', {});
  // The room as it was when the form was opened: what is sent is what this person changed
  const [opened, setOpened] = useState(() => draftOf(room, rules));
  const [draft, setDraft] = useState(opened);
  const [asked, setAsked] = useState(false);
  const save = () => {
    setAsked(true);
    if (!isComplete(draft, 'change')) return;
    const tidy = tidyRoom({ ...draft, kind: room.kind });
    const changes = changesOf(opened, tidy);
    if (Object.keys(changes).length === 0) return tell(i18n._('Nada mudou.'));
    void act.run(async () => {
      await client.call('rooms.update', { room: room.id, ...changes });
      void answers.again('rooms.directory');
      void answers.again('rooms.get');
      setOpened(tidy);
      setDraft(tidy);
      tell(i18n._('Ajustes da sala guardados.'));
    });
  };
  return (
    <form
      className="settings-form"
      aria-label={i18n._('Ajustes da sala')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <RoomFields
        mode="change"
        room={draft}
        courses={courseOptions(courses)}
        categories={categories.data?.categories ?? []}
        asked={asked}
        error={act.error}
        onChange={setDraft}
      />
      <div className="row row--wrap">
        <Button emphasis="pen" type="submit" busy={act.busy}>
          {i18n._('Salvar')}
        </Button>
      </div>
    </form>
  );
}
