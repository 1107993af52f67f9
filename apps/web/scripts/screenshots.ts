/**
 * Pictures of the gallery: `node apps/web/scripts/screenshots.ts <gallery address> <folder> [screens] [widths] [themes]`.
 * Start the gallery first: `npx vite apps/web`. With `axe` among the screens' names, each is also checked with axe-core.
 */
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [
  base = 'http://127.0.0.1:5173/gallery.html',
  folder = '.',
  names = 'room,directory,demo',
  widths = '1440,390',
  themes = 'light,dark',
  check = '',
] = process.argv.slice(2);
const tell = (words: string) => process.stderr.write(`${words}\n`);
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let violations = 0;
for (const theme of themes.split(',')) {
  for (const width of widths.split(',').map(Number)) {
    const phone = width <= 480;
    const page = await browser.newPage({
      viewport: { width, height: phone ? 844 : 900 },
      deviceScaleFactor: phone ? 2 : 1,
      hasTouch: phone,
      isMobile: phone,
      reducedMotion: 'reduce',
    });
    page.on('pageerror', (error) => tell(`page error ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') tell(`console ${message.text().slice(0, 300)}`);
    });
    for (const name of names.split(',')) {
      await page.goto(`${base}?page=${name.split('&')[0]}&${name.split('&').slice(1).join('&')}&theme=${theme}`);
      await page.waitForSelector('main, nav.side', { state: 'attached' });
      await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
      await page.screenshot({
        path: `${folder}/${name.replaceAll(/[&=]/g, '-')}-${width}-${theme}.png`,
        fullPage: name.startsWith('pieces'),
      });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) tell(`${name} ${width}: ${overflow} px too wide`);
      if (check === 'axe') {
        await page.addScriptTag({ path: axePath });
        const found = await page.evaluate(
          async () =>
            (
              await (
                window as unknown as {
                  axe: {
                    run: () => Promise<{
                      violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
                    }>;
                  };
                }
              ).axe.run()
            ).violations,
        );
        violations += found.length;
        for (const violation of found)
          tell(
            `axe ${name} ${width} ${theme}: ${violation.id} (${violation.nodes.length}) ${violation.nodes
              .slice(0, 2)
              .map((node) => `${node.html.slice(0, 160)} :: ${node.failureSummary?.slice(0, 220)}`)
              .join(' || ')}`,
          );
      }
    }
    await page.close();
  }
}
await browser.close();
process.exitCode = violations > 0 ? 1 : 0;
