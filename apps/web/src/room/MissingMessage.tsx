import { useLingui } from '@lingui/react';
import { Banner, Button } from '@recreio/ui';

/** A link led to a message that is not here, or not for this person: one sentence for both, so that nobody learns which. */
export function MissingMessage({ onClose }: { onClose: () => void }) {
  const { i18n } = useLingui();
  return (
    <Banner
      tone="marker"
      icon="info"
      role="status"
      edge
      aside={
        <Button small emphasis="quiet" onClick={onClose}>
          {i18n._('Entendi')}
        </Button>
      }
    >
      {i18n._('A mensagem deste link não está aqui, ou não é para você. A conversa abriu onde você parou.')}
    </Banner>
  );
}
