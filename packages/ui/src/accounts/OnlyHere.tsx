import { useLingui } from '@lingui/react';
import { Banner } from '../controls/Notice.tsx';

/** A link to one of the names by which every computer calls itself. */
const own = /^https?:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?(?:\/|$)/;

/** Beside a link to hand over that nobody else could open: that it is so, and what mends it. Nothing beside any other. */
export function OnlyHere({ url }: { url: string }) {
  const { i18n } = useLingui();
  return own.test(url) ? (
    <Banner tone="danger" icon="triangle-alert">
      {i18n._(
        'Links daqui só abrem neste computador: o Recreio não sabe em que endereço os outros o encontram. Quem cuida do servidor o define em PUBLIC_URL; os links feitos depois abrem em qualquer lugar.',
      )}
    </Banner>
  ) : null;
}
