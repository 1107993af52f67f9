/** What is not sent yet, kept by this browser for the person who wrote it, and sent by one of its tabs. */
import { type Keeping, lateKeeping, lateTabs, type Tabs } from '@recreio/client';

// Fetched beside the page: the connection waits for it, the first picture does not
const fetching = import('@recreio/client/browser');
fetching.catch(() => undefined); // asked for again by whoever needs it
const browser = () => fetching.catch(() => import('@recreio/client/browser'));

/** Where this browser keeps drafts and unsent messages. */
export const ownKeeping: Keeping = lateKeeping(async () => (await browser()).browserKeeping());

/** The tabs of this browser. */
export const ownTabs: Tabs = lateTabs(async () => (await browser()).browserTabs());
