import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { lightMarkdown } from './light-markdown.ts';
import { lightProtocol, declarations } from './light-protocol.ts';
import { lightCatalogue } from './light-words.ts';
import { pressed } from './pressed.ts';
import { serviceWorker } from './service-worker.ts';

/**
 * The app is static files that the server hands out. The policy it is served under allows no inline script, no inline style sheet and no
 * eval: so no module preload polyfill (inline), no assets as data addresses, no legacy build. `gallery.html` is only served in development.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), lightProtocol(), lightMarkdown(), lightCatalogue(), serviceWorker(), pressed()],
  build: {
    target: ['chrome123', 'firefox124', 'safari17.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // How long a plugin took is no news to who starts a school
      checks: { pluginTimings: false },
      input: fileURLToPath(new URL('index.html', import.meta.url)),
      output: {
        codeSplitting: {
          groups: [
            // What the door needs, with all that it imports: without a part of its own it comes with the talk, a third of the whole
            {
              name: 'base',
              priority: 1,
              test: /node_modules[\\/](?:react|react-dom|scheduler|@lingui)[\\/]|apps[\\/]web[\\/]src[\\/](?:main|doors|acting)\.tsx?|packages[\\/]ui[\\/]src[\\/](?:controls[\\/](?:Button|Notice|Dialog|Hint)|icons[\\/]|people[\\/]Avatar)/,
            },
            // What a thread and the list of threads share with a room stays one part: three small ones are sent dearer than one
            {
              name: 'talk',
              minShareCount: 2,
              test: /packages[\\/]client[\\/]src[\\/](?:window|reduce|quotes|items|marker|signs|ranges)\.ts|packages[\\/]ui[\\/]src[\\/](?:messages|markdown|composer)[\\/](?!Thread|Forward)|apps[\\/]web[\\/]src[\\/]room[\\/](?!Forward)|node_modules[\\/](?:markdown-it|linkify-it|mdurl|uc\.micro|entities|@tanstack)[\\/]/,
            },
          ],
        },
      },
      treeshake: { moduleSideEffects: [{ test: declarations, sideEffects: false }] },
    },
  },
});
