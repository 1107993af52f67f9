/** How the school looks, put on the page: its accent and its picture, as they stand now. */
import { NoAnswerError, ProblemError } from '@recreio/client';
import type { SchoolLook } from '@recreio/protocol';
import { accentSheet, type Language, languages } from '@recreio/ui';
import { useEffect, useState } from 'react';
import { useClient, useSchool } from './client.tsx';
import { useSession } from './signed.tsx';

const sheet = new CSSStyleSheet();

/** What the server said at the door, and since then on the socket. */
export function useLook(): SchoolLook | undefined {
  const { session } = useSession();
  const school = useSchool();
  if (school !== null) return school;
  return session.name === 'in' || session.name === 'out' ? session.welcome.look : undefined;
}

/** The languages that the school offers and this page speaks. */
export function useOffered(): readonly Language[] {
  const offered = useLook()?.languages.offered;
  return languages.filter((language) => offered?.includes(language) ?? true);
}

/** Colours the page with the school's accent. A constructed sheet is no inline style: the page's policy lets it be. */
export function useAccent(accent: string | null): void {
  useEffect(() => {
    sheet.replaceSync(accent === null ? '' : accentSheet(accent));
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  }, [accent]);
}

/** The school's picture as an address, once it is here; asked for once for each picture there is. */
export function useLogo(): string | undefined {
  const client = useClient();
  const name = useLook()?.logo ?? null;
  const [known, setKnown] = useState<{ readonly name: string; readonly src: string }>();
  useEffect(() => {
    if (name === null || known?.name === name) return undefined;
    let isWanted = true;
    const fetchIt = async () => {
      try {
        const { png, logo } = await client.call('school.logo', {});
        if (isWanted && png !== null && logo !== null) setKnown({ name: logo, src: `data:image/png;base64,${png}` });
      } catch (error) {
        // The name of the school stands there all the same
        if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      }
    };
    void fetchIt();
    return () => {
      isWanted = false;
    };
  }, [client, name, known]);
  return known?.name === name ? known?.src : undefined;
}
