import '@recreio/ui/theme/index.css';
import { I18nProvider } from '@lingui/react';
import { knownLanguage, languages, speak } from '@recreio/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Pieces } from './Pieces.tsx';
import { screens } from './screens.tsx';

// ?page=room  ?theme=dark|light  ?lang=en  ?density=compact
const wish = new URLSearchParams(location.search);
const root = document.documentElement;
const theme = wish.get('theme');
if (theme) root.dataset['theme'] = theme;
const density = wish.get('density');
if (density) root.dataset['density'] = density;
const language = knownLanguage(wish.get('lang')) ?? languages[0];
root.lang = language;
const Screen = screens[wish.get('page') ?? ''] ?? Pieces;
const element = document.getElementById('root');
if (!element) throw new Error('gallery.html has no #root');
const i18n = await speak(language);
createRoot(element).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <Screen />
    </I18nProvider>
  </StrictMode>,
);
