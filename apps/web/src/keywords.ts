/** The words that call the reader, asked for where they are shown: in the settings, and where it is said why something is here. */
import { useEffect } from 'react';
import { useAnswers, useAsked } from './asked.ts';
import { useClient } from './client.tsx';

/** The words as the server has them; whatever changes them on another device comes with the own account. */
export function useKeywords({ enabled = true }: { enabled?: boolean } = {}) {
  const client = useClient();
  const answers = useAnswers();
  useEffect(
    () => (enabled ? client.me.subscribe(() => void answers.again('notifications.keywords')) : undefined),
    [client, answers, enabled],
  );
  return useAsked('notifications.keywords', {}, { enabled });
}
