/** What the SDK uses of a browser: a door of its own, so that a page can fetch it when the rest is there. */
export { openShelf as browserKeeping } from './shelf.ts';
export { browserTabs } from './browser-tabs.ts';
