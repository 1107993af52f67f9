/** What is not sent yet, kept by this browser for the person who wrote it, and sent by one of its tabs. Fetched beside the page. */
import { type Keeping, lateKeeping, lateTabs, type Tabs } from '@recreio/client';

const browser = () => import('@recreio/client/browser');

/** Where this browser keeps drafts and unsent messages. */
export const ownKeeping: Keeping = lateKeeping(async () => (await browser()).browserKeeping());

/** The tabs of this browser. */
export const ownTabs: Tabs = lateTabs(async () => (await browser()).browserTabs());
