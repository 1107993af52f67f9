import { useLingui } from '@lingui/react';
import { Banner, Button, Dialog, RoomRules } from '@recreio/ui';
import { useState } from 'react';

/** Before one enters a room that has rules: they are read and agreed to. */
export default function JoinDialog({
  title,
  rules,
  busy,
  error,
  onJoin,
  onClose,
}: {
  title: string;
  rules: string;
  busy: boolean;
  error: string | undefined;
  onJoin: () => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [agreed, setAgreed] = useState(false);
  return (
    <Dialog
      title={i18n._('Entrar em {room}', { room: title })}
      onClose={onClose}
      onSubmit={() => agreed && onJoin()}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Agora não')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy} disabled={!agreed}>
            {i18n._('Entrar na sala')}
          </Button>
        </>
      }
    >
      {error !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      <RoomRules rules={rules} level={3} agreed={agreed} onAgree={setAgreed} />
    </Dialog>
  );
}
