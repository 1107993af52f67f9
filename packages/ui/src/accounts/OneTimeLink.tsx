import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { Banner } from '../controls/Notice.tsx';
import { fullTime, type Zone } from '../i18n/dates.ts';
import { LinkField } from './LinkField.tsx';

/** A link made for one person. It is shown this once; the server keeps only a digest. Time in ms. */
export type OneTimeLinkView = { name: string; url: string; expiresAt: number };

/** A link for one person, to hand over. */
export function OneTimeLink({ link, zone }: { link: OneTimeLinkView; zone?: Zone }) {
  const { i18n } = useLingui();
  return (
    <LinkField
      label={i18n._('Link de {name}', { name: link.name })}
      url={link.url}
      hint={i18n._('Vale uma vez, até {until}.', { until: fullTime(link.expiresAt, i18n.locale, zone) })}
    />
  );
}

/** After inviting, or making a new password's link: the link, once. */
export function OneTimeLinkDialog({
  title,
  link,
  zone,
  onClose,
}: {
  title: string;
  link: OneTimeLinkView;
  zone?: Zone;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <Dialog
      firm
      title={title}
      onClose={onClose}
      footer={
        <Button emphasis="pen" onClick={onClose}>
          {i18n._('Pronto')}
        </Button>
      }
    >
      <Banner tone="marker" icon="eye">
        {i18n._('Este link aparece só agora. Copie e entregue à pessoa por um caminho em que você confia.')}
      </Banner>
      <OneTimeLink link={link} zone={zone} />
    </Dialog>
  );
}
