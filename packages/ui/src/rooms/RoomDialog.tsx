import { useLingui } from '@lingui/react';
import { type ReactNode, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import {
  blankRoom,
  type CategoryOption,
  type CourseOption,
  isComplete,
  type RoomDraft,
  RoomFields,
  tidyRoom,
} from './RoomFields.tsx';
import { roomKinds, type RoomKindName } from './room.ts';

/** Makes a room. */
export function RoomDialog({
  initial = blankRoom,
  kinds = roomKinds,
  courses,
  courseNote,
  categories,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  initial?: RoomDraft;
  /** The kinds that this person may make. */
  kinds?: readonly RoomKindName[];
  courses: readonly CourseOption[];
  courseNote?: (chosen: CourseOption | undefined, isNone: boolean) => ReactNode;
  categories: readonly CategoryOption[];
  busy?: boolean | undefined;
  error?: string | undefined;
  onConfirm: (room: RoomDraft) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [room, setRoom] = useState<RoomDraft>(initial);
  const [asked, setAsked] = useState(false);
  function submit() {
    setAsked(true);
    if (isComplete(room, 'create')) onConfirm(tidyRoom(room));
  }
  return (
    <Dialog
      wide
      title={i18n._('Criar uma sala')}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy}>
            {i18n._('Criar sala')}
          </Button>
        </>
      }
    >
      <RoomFields
        mode="create"
        room={room}
        kinds={kinds}
        courses={courses}
        courseNote={courseNote}
        categories={categories}
        asked={asked}
        error={error}
        onChange={setRoom}
      />
    </Dialog>
  );
}
