import '@recreio/ui/theme/index.css';
import { I18nProvider } from '@lingui/react';
import { Door, speak } from '@recreio/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { applyPreferences, readPreferences } from './preferences.ts';

const preferences = readPreferences();
applyPreferences(preferences);
const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root');
const i18n = await speak(preferences.language);
createRoot(element).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <Door title="Recreio">{null}</Door>
    </I18nProvider>
  </StrictMode>,
);
