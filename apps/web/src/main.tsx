import '@recreio/ui/theme/index.css';
import './app.css';
import { I18nProvider } from '@lingui/react';
import { createClient } from '@recreio/client';
import { DoorFoot, forgetEmojis, speak } from '@recreio/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { answers } from './asked.ts';
import { ChoicesProvider } from './choices.tsx';
import { ClientProvider } from './client.tsx';
import { Languages } from './languages.tsx';
import { takeLinkToken } from './link-token.ts';
import { applyPreferences, languageOf, readPreferences } from './preferences.ts';
import { App, preload } from './routes.tsx';
import { createSession } from './session.ts';
import { SessionContext } from './signed.tsx';
import { ownKeeping, ownTabs } from './unsent.ts';
import { watchViewport } from './viewport.ts';

takeLinkToken();
const preferences = readPreferences();
applyPreferences(preferences);
watchViewport();
const client = createClient({ keeping: ownKeeping, tabs: ownTabs });
const session = createSession(client);
// What was answered to one person is not for the next
client.events.on('signed-out', () => {
  answers.clear();
  forgetEmojis();
});
void session.ask();
preload(location.pathname);
const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root');
const language = languageOf(preferences);
document.documentElement.lang = language;
const i18n = await speak(language);
createRoot(element).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <ClientProvider client={client}>
        <SessionContext value={session}>
          <ChoicesProvider initial={preferences}>
            <DoorFoot value={<Languages />}>
              <App />
            </DoorFoot>
          </ChoicesProvider>
        </SessionContext>
      </ClientProvider>
    </I18nProvider>
  </StrictMode>,
);
