import type { MailPace } from '@recreio/protocol';
import { MailPaces } from '@recreio/ui';
import { calmOf } from '../../calling/calm.ts';
import { useMe, useSchool } from '../../client.tsx';
import { useSession } from '../../signed.tsx';

/** How often one is mailed what was missed, where the school and its server send such mails. */
export default function ByMail({
  chosen,
  onPace,
}: {
  /** What was chosen just now. */
  chosen: MailPace | undefined;
  onPace: (pace: MailPace) => void;
}) {
  const me = useMe();
  const school = useSchool();
  const { session } = useSession();
  if (me === null || school === null) return null;
  const { digest, digestAfterMs } = school.policies;
  const isSent = digest !== undefined && digest !== 'off' && session.name === 'in' && session.welcome.mail;
  return (
    <MailPaces
      pace={chosen ?? calmOf(me).mail ?? 'hours'}
      email={me.email}
      afterMs={isSent ? digestAfterMs : null}
      saysWords={digest === 'words'}
      onPace={onPace}
    />
  );
}
