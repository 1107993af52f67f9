/** What is measured inside a page: from a hand's doing to the frame that shows it. */
import type { CDPSession, Page } from 'playwright-core';

/** What scrolling cost. Times in ms. */
export interface Scrolled {
  /** From one frame to the next, each. */
  readonly frames: readonly number[];
  /** Tasks that kept the page from answering for 50 ms or more (Long Tasks API). */
  readonly longTasks: readonly number[];
  /** Messages passed on the way. */
  readonly passed: number;
}

/** Adds `afterPaint` to every document of the page: resolves once the frame that is being made has been handed on. */
export const prepare = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    Reflect.set(
      globalThis,
      'afterPaint',
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', () => resolve(), { once: true });
            port1.start();
            port2.postMessage(null);
          });
        }),
    );
  });

/** Presses what `press` selects and waits until `shows` is there and painted; ms. */
export const pressed = (page: Page, press: string, shows: string): Promise<number> =>
  page.evaluate(
    async ({ press, shows }) => {
      const afterPaint = Reflect.get(globalThis, 'afterPaint') as () => Promise<void>;
      const what = document.querySelector<HTMLElement>(press);
      if (!what) throw new Error(`there is no ${press}`);
      const began = performance.now();
      what.click();
      do {
        await afterPaint();
        if (performance.now() - began > 10_000) throw new Error(`${shows} did not come`);
      } while (!document.querySelector(shows));
      return performance.now() - began;
    },
    { press, shows },
  );

/** Types letter by letter, a tenth of a second apart, with the processor `slower` times as slow; ms from each key to the frame that shows it. */
export const echoes = async (page: Page, cdp: CDPSession, text: string, slower: number): Promise<number[]> => {
  await page.evaluate(() => {
    const afterPaint = Reflect.get(globalThis, 'afterPaint') as () => Promise<void>;
    const times: number[] = [];
    Reflect.set(globalThis, 'echoTimes', times);
    const heard = ({ timeStamp }: Event) => void afterPaint().then(() => times.push(performance.now() - timeStamp));
    addEventListener('keydown', heard, { capture: true });
    Reflect.set(globalThis, 'hearNoMore', () => removeEventListener('keydown', heard, { capture: true }));
  });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.keyboard.type(text, { delay: 100 });
  const count = text.length;
  await page.waitForFunction((count) => (Reflect.get(globalThis, 'echoTimes') as number[]).length >= count, count);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return await page.evaluate(() => {
    (Reflect.get(globalThis, 'hearNoMore') as () => void)();
    return Reflect.get(globalThis, 'echoTimes') as number[];
  });
};

/** Turns the wheel upwards over the middle of a list for so long. */
export const scrollUp = async (page: Page, list: string, message: string, forMs: number): Promise<Scrolled> => {
  const box = await page.locator(list).boundingBox();
  if (!box) throw new Error(`${list} is not in sight`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(
    ({ list, message }) => {
      const seen = { frames: [] as number[], longTasks: [] as number[], met: new Set<string>() };
      Reflect.set(globalThis, 'scrollSeen', seen);
      new PerformanceObserver((entries) => {
        for (const { duration } of entries.getEntries()) seen.longTasks.push(duration);
      }).observe({ type: 'longtask' });
      let last = performance.now();
      const frame = (now: number) => {
        seen.frames.push(now - last);
        last = now;
        for (const element of document.querySelectorAll<HTMLElement>(`${list} ${message}`))
          seen.met.add(element.dataset['seq'] ?? '');
        if (Reflect.get(globalThis, 'scrollSeen') === seen) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    },
    { list, message },
  );
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    await page.mouse.wheel(0, -600);
    await page.waitForTimeout(30);
  }
  return await page.evaluate(() => {
    const { frames, longTasks, met } = Reflect.get(globalThis, 'scrollSeen') as {
      frames: number[];
      longTasks: number[];
      met: Set<string>;
    };
    Reflect.set(globalThis, 'scrollSeen', null);
    // The first frame came whenever it came
    return { frames: frames.slice(1), longTasks, passed: met.size };
  });
};

/** Bytes of the page's heap once everything that can be given back has been. */
export const heapOf = async (cdp: CDPSession): Promise<number> => {
  await cdp.send('HeapProfiler.enable');
  for (let nth = 0; nth < 3; nth += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize;
};

/** Lays so many plain lines into an empty page, two hands to press and a box to write in: what the browser itself costs. */
export const layBare = (page: Page, count: number): Promise<void> =>
  page.evaluate((count) => {
    const list = document.createElement('div');
    list.id = 'list';
    list.style.cssText = 'height:600px;width:700px;overflow-y:scroll';
    const line = (nth: number, of: string) => {
      const article = document.createElement('article');
      article.dataset['seq'] = String(nth);
      article.className = of;
      article.textContent = `${nth}: ${'uma frase como as outras '.repeat(4)}`;
      return article;
    };
    const fill = (of: string) => {
      list.replaceChildren(...Array.from({ length: count }, (_, nth) => line(nth, of)));
      list.scrollTop = list.scrollHeight;
    };
    Reflect.set(globalThis, 'append', (text: string) => {
      const article = document.createElement('article');
      article.textContent = text;
      list.append(article);
      list.scrollTop = list.scrollHeight;
    });
    const hands = ['one', 'other'].map((of) => {
      const hand = document.createElement('button');
      hand.id = of;
      hand.addEventListener('click', () => fill(of));
      return hand;
    });
    const box = document.createElement('textarea');
    document.body.replaceChildren(list, ...hands, box);
    fill('one');
    box.focus();
  }, count);
