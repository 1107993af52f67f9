import { useLingui } from '@lingui/react';
import type { LeftRoom } from '@recreio/protocol';
import { Button, Dialog } from '@recreio/ui';
import { useAnswers } from '../../asked.ts';
import { useGo } from '../../going.tsx';

/** What an administrator is told whose act left rooms without anybody who could look after them. */
export function LeftRooms({
  title,
  words,
  rooms,
  onClose,
}: {
  title: string;
  words: string;
  rooms: readonly LeftRoom[];
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const go = useGo();
  const answers = useAnswers();
  const look = () => {
    // Whoever was there a moment ago would be shown what was true then
    void answers.again('rooms.all');
    go('/escola/salas');
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{i18n._('Agora não')}</Button>
          <Button emphasis="pen" onClick={look}>
            {i18n._('Ver as salas')}
          </Button>
        </>
      }
    >
      <p className="soft">{words}</p>
      <ul className="stack">
        {rooms.map((room) => (
          <li key={room.id} dir="auto">
            {room.title}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
