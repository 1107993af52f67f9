import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declaredAt, lineLinks, standsOn } from '../../scripts/generate/lines.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every page of ours, by its path from the root. */
const pages = globSync('**/*.md', {
  cwd: root,
  exclude: ['**/node_modules', '**/dist', '**/data', '.cache', 'test-results'],
}).sort();

const architecture = read('docs/architecture.md');

describe('docs/architecture.md', () => {
  const links = lineLinks(architecture);

  it('[house] each link leads to the line on which the name stands that it shows', () => {
    expect(links.length).toBeGreaterThan(25);
    const wrong = links.filter(({ symbol, path, line }) => !standsOn(read(join('docs', path)), line, symbol));
    expect(wrong, 'run `npm run generate`').toEqual([]);
  });

  it('[house] a link to a wrong line is noticed', () => {
    const [link] = lineLinks('See [`send`](../packages/core/src/messages/send.ts#L1).');
    expect(link).toEqual({ symbol: 'send', path: '../packages/core/src/messages/send.ts', line: 1 });
    const source = '/** Sends. */\nexport const send = 1;\nconst sender = send2;\n';
    expect(declaredAt(source, 'send')).toBe(2);
    expect(declaredAt(source, 'receive')).toBeNull();
    expect([1, 2, 3, 4].map((line) => standsOn(source, line, 'send'))).toEqual([false, true, false, false]);
  });

  it('[house] one message visits at most six rooms on the server', () => {
    const walk = architecture.slice(
      architecture.indexOf('## The walk'),
      architecture.indexOf("## The corridor's exits"),
    );
    const rooms = [...walk.matchAll(/^### (\d+)\. .*?: (\S+)$/gmu)].map(([, number, file]) => [Number(number), file]);
    expect(rooms.map(([number]) => number)).toEqual(rooms.map((_, at) => at + 1));
    expect(rooms.length).toBeGreaterThan(3);
    expect(rooms.length).toBeLessThanOrEqual(6);
    const placeOf = (file: string) =>
      file.startsWith('core/') ? file.replace('core/', 'core/src/') : `server/src/${file}`;
    const missing = rooms.filter(([, file]) => !existsSync(join(root, 'packages', placeOf(String(file)))));
    expect(missing).toEqual([]);
  });
});

/** Links of a page to files: addresses, anchors of the page itself and code are none. */
const fileLinks = (markdown: string): string[] =>
  [...markdown.replace(/```[\s\S]*?```/gu, '').matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/gu)]
    .map(([, inText, inTag]) => inText ?? inTag ?? '')
    .filter((target) => !/^(?:[a-z]+:|#)/u.test(target))
    .map((target) => target.replace(/#.*$/u, ''));

describe('the docs', () => {
  it('[house] a link to a file that is not there is noticed', () => {
    expect(fileLinks('[a](b.md#c) <img src="d.png"> [e](https://f.example) [g](#h)')).toEqual(['b.md', 'd.png']);
  });

  it('[house] all of them are looked at', () => {
    expect(pages).toEqual(expect.arrayContaining(['CONTRIBUTING.md', 'docs/architecture.md', 'packages/ui/README.md']));
  });

  it.each(pages)('[house] every link of %s leads to a file', (page) => {
    const lost = fileLinks(read(page)).filter((target) => !existsSync(join(root, dirname(page), target)));
    expect(lost).toEqual([]);
  });
});

describe('docs/guides/guarantees.md', () => {
  /** Every id that a test file cites; a range, as `[D3]–[D5]`, cites what lies in it. */
  const citedIn = (source: string): Set<string> =>
    new Set(
      [...source.matchAll(/\[D(\d+)\](?:–\[D(\d+)\])?/gu)].flatMap(([, from, to = from]) =>
        Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `D${Number(from) + at}`),
      ),
    );
  const page = read('docs/guides/guarantees.md');
  const rows = [...page.matchAll(/^\| (D\d+) \| [^|]+ \| ([^|]+) \|$/gmu)].map(([, id = '', held = '']) => ({
    id,
    held,
  }));

  it('[house] has each promise once', () => {
    const ids = rows.map(({ id }) => Number(id.slice(1))).sort((a, b) => a - b);
    expect(ids).toEqual(Array.from({ length: 35 }, (_, at) => at + 1));
  });

  it('[house] what is said to be held by a test is cited there', () => {
    expect([...citedIn('[D1] and [D3]–[D5]')]).toEqual(['D1', 'D3', 'D4', 'D5']);
    // What comes after "as" names another rule, which the same test cites
    const claims = rows.flatMap(({ id, held }) =>
      fileLinks(held).map((target) => ({ id, test: join('docs/guides', target) })),
    );
    expect(claims.length).toBeGreaterThan(20);
    expect(claims.filter(({ id, test }) => !citedIn(read(test)).has(id))).toEqual([]);
  });
});

describe('docs/ux-review.md', () => {
  /** The cells that say what shows a point: parts with a link to a test and the names of it that they quote. */
  const shownBy = read('docs/ux-review.md')
    .replace(/^[^]*?## Point by point/u, '')
    .split('\n')
    .flatMap((line) => (line.startsWith('|') ? (line.split('|').at(-2) ?? '').split(';') : []));
  const quoted = shownBy.flatMap((part) => {
    const [test] = fileLinks(part);
    return test === undefined ? [] : [...part.matchAll(/“([^”]+)”/gu)].map(([, name = '']) => ({ test, name }));
  });

  it('[house] each test that is named stands where it is said to', () => {
    expect(quoted.length).toBeGreaterThan(50);
    expect(quoted.filter(({ test, name }) => !read(join('docs', test)).includes(name))).toEqual([]);
  });

  it('[house] each picture that is named is taken', () => {
    const screens = read('tests/e2e/screens.ts');
    const named = shownBy.flatMap((part) => (/pictures?|screens/u.test(part) ? (part.match(/`[a-z-]+`/gu) ?? []) : []));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !screens.includes(`'${name.slice(1, -1)}'`))).toEqual([]);
  });
});
