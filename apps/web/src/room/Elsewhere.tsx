import { type Draft, draftsOf } from '@recreio/client/draft-sync';
import { type ComposerHandle, DraftOffer } from '@recreio/ui';
import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import { useClient } from '../client.tsx';

/**
 * Brings into the box of a talk what its person wrote on another device. Nothing changes under the hands of who is writing: there
 * the newer words are offered, above the box.
 */
export default function Elsewhere({
  talk,
  composer,
  show,
}: {
  talk: string;
  composer: RefObject<ComposerHandle | null>;
  show: (draft: Draft) => void;
}) {
  const client = useClient();
  const sync = draftsOf(client);
  const showing = useRef(show);
  useEffect(() => {
    showing.current = show;
  });
  useEffect(
    () =>
      sync.hold(talk, (draft, isAsking) => {
        if (isAsking && composer.current?.isWriting()) return false;
        showing.current(draft);
        return true;
      }),
    [sync, talk, composer],
  );
  const offered = useSyncExternalStore(sync.subscribe, sync.getSnapshot).get(talk);
  if (!offered) return null;
  const decide = (isTaken: boolean) => {
    sync.decide(talk, isTaken);
    if (isTaken) show(offered);
    composer.current?.focus();
  };
  return <DraftOffer text={offered.body} onTake={() => decide(true)} onKeep={() => decide(false)} />;
}
