import { useLingui } from '@lingui/react';
import { useId } from 'react';
import { Check } from '../controls/Field.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Markdown } from '../markdown/Markdown.tsx';

/** What people of a room have agreed on, in a frame of its own. Whoever is about to join says that they agree. */
export function RoomRules({
  rules,
  level = 2,
  agreed,
  onAgree,
}: {
  rules: string;
  level?: 2 | 3;
  agreed?: boolean;
  onAgree?: (agreed: boolean) => void;
}) {
  const { i18n } = useLingui();
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className="room-rules" aria-labelledby={id}>
      <Heading id={id}>
        <Icon name="shield-check" />
        {i18n._('Combinados da sala')}
      </Heading>
      <div className="room-rules-text" dir="auto">
        <Markdown body={rules} />
      </div>
      {onAgree && (
        <Check
          label={i18n._('Li e concordo com os combinados')}
          checked={agreed ?? false}
          onChange={(event) => onAgree(event.target.checked)}
        />
      )}
    </section>
  );
}
