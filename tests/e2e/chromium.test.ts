import { expect, it } from 'vitest';
import { launch } from './chromium.ts';

it('a browser starts and lays out a page', async () => {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.setContent('<main style="width: 50vw">Recreio</main>');
    expect(await page.locator('main').evaluate((main) => main.getBoundingClientRect().width)).toBeGreaterThan(150);
    expect(await page.locator('main').textContent()).toBe('Recreio');
  } finally {
    await browser.close();
  }
});

it('a browser that is not there is an error that says what to do', async () => {
  const { CHROMIUM_PATH } = process.env;
  process.env['CHROMIUM_PATH'] = '/nowhere/chromium';
  try {
    await expect(launch()).rejects.toThrow(/\/nowhere\/chromium does not start.*CHROMIUM_PATH/);
  } finally {
    if (CHROMIUM_PATH === undefined) delete process.env['CHROMIUM_PATH'];
    else process.env['CHROMIUM_PATH'] = CHROMIUM_PATH;
  }
});
