import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { COMMANDS } from '@recreio/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documents, stale } from '../../scripts/generate.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Obj = { [name: string]: Json };

const made = documents();
const parsed = (path: string): Obj => JSON.parse(made.get(path) ?? 'null');

describe('npm run generate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recreio-generated-'));
  beforeAll(() => {
    for (const [path, content] of made) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('[house] makes the same documents every time', () => {
    expect([...documents()]).toEqual([...made]);
    expect(stale(made, folder)).toEqual([]);
  });

  it('[house] names what was edited by hand, and what is missing', () => {
    writeFileSync(join(folder, 'docs/generated/problems.md'), `${made.get('docs/generated/problems.md')}\nAnd this.\n`);
    rmSync(join(folder, 'docs/generated/schema.sql'));
    expect(stale(made, folder)).toEqual(['docs/generated/problems.md', 'docs/generated/schema.sql']);
  });

  it('[house] the committed documents are what the declarations say', () => {
    expect(stale(made, join(import.meta.dirname, '../..')), 'run `npm run generate`').toEqual([]);
  });
});

/** Every object in a document, with its path. */
function* objectsOf(value: Json, path = '#'): Generator<[string, Obj]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value];
  for (const [name, inner] of Object.entries(value)) yield* objectsOf(inner, `${path}/${name}`);
}

/** References of a document that lead nowhere (RFC 6901; no name here has a slash or a tilde). */
const dangling = (document: Obj): string[] => {
  const leads = (ref: string): boolean => {
    let at: Json | undefined = document;
    for (const step of ref.slice(2).split('/'))
      at = typeof at === 'object' && at !== null ? (at as Obj)[step] : undefined;
    return at !== undefined;
  };
  return [...objectsOf(document)]
    .map(([, { $ref }]) => $ref)
    .filter((ref) => typeof ref === 'string' && !leads(ref)) as string[];
};

/** The keywords of JSON Schema draft 2020-12 that the protocol's schemas use; `nullable` or a tuple's `items` would be 3.0. */
const KEYWORDS = new Set(
  `$ref type const enum anyOf allOf description title default properties required additionalProperties patternProperties
  items minItems maxItems uniqueItems minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum`.split(
    /\s+/u,
  ),
);

/** Keywords of a schema and of those in it that are none. */
const strangeKeywords = (schema: Json): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(strangeKeywords);
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (!KEYWORDS.has(keyword)) return [keyword];
    if (keyword === 'properties' || keyword === 'patternProperties')
      return Object.values(value as Obj).flatMap(strangeKeywords);
    return ['items', 'anyOf', 'allOf', 'additionalProperties'].includes(keyword) ? strangeKeywords(value) : [];
  });
};

describe('openapi.json', () => {
  const openapi = parsed('docs/generated/openapi.json');
  const operations = Object.entries(openapi['paths'] as { [path: string]: { [method: string]: Obj } }).flatMap(
    ([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

  it('[house] is OpenAPI 3.1, and has each command once', () => {
    expect(openapi['openapi']).toMatch(/^3\.1\./);
    const ids = operations.map(({ operation }) => operation['operationId']);
    expect(ids.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
  });

  it('[house] every reference leads somewhere, and the test would see one that does not', () => {
    expect([...objectsOf(openapi)].filter(([, { $ref }]) => $ref !== undefined).length).toBeGreaterThan(100);
    expect(dangling(openapi)).toEqual([]);
    expect(dangling({ a: { $ref: '#/b' } })).toEqual(['#/b']);
  });

  it('[R13] every member of a path is a required parameter, and nothing else is one in the path', () => {
    for (const { path, operation } of operations) {
      const parameters = (operation['parameters'] ?? []) as Obj[];
      const inPath = parameters.filter((parameter) => parameter['in'] === 'path');
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/gu) ?? []);
      expect(inPath.every(({ required }) => required === true)).toBe(true);
      expect(parameters.every(({ schema }) => typeof schema === 'object')).toBe(true);
    }
  });

  it('[R13] GET and DELETE have no body, the others no query', () => {
    const hasQuery = ({ operation }: (typeof operations)[number]) =>
      ((operation['parameters'] ?? []) as Obj[]).some((parameter) => parameter['in'] === 'query');
    const takesQuery = ({ method }: (typeof operations)[number]) => method === 'get' || method === 'delete';
    expect(operations.some(hasQuery)).toBe(true);
    expect(operations.filter(takesQuery).filter(({ operation }) => 'requestBody' in operation)).toEqual([]);
    expect(operations.filter((each) => !takesQuery(each)).filter(hasQuery)).toEqual([]);
  });

  it('[R14] every refusal is a problem with its codes, on the status of the table', () => {
    const responses = (openapi['components'] as Obj)['responses'] as { [name: string]: Obj };
    expect(Object.keys(responses).length).toBeGreaterThan(10);
    for (const { operation } of operations) {
      for (const [status, response] of Object.entries(operation['responses'] as { [status: string]: Obj })) {
        if (status === '200') continue;
        expect(String(response['$ref'])).toMatch(new RegExp(`^#/components/responses/${status}\\.`));
      }
    }
    for (const response of Object.values(responses)) {
      expect(Object.keys(response['content'] as Obj)).toEqual(['application/problem+json']);
    }
  });

  it('[house] its schemas use keywords of draft 2020-12 only, and required members exist', () => {
    const schemas = [...objectsOf(openapi)].filter(([path]) => path.endsWith('/schema')).map(([, schema]) => schema);
    const all = [...schemas, ...Object.values((openapi['components'] as Obj)['schemas'] as Obj)];
    expect(all.length).toBeGreaterThan(100);
    expect(all.flatMap(strangeKeywords)).toEqual([]);
    expect(strangeKeywords({ anyOf: [{ type: 'string', nullable: true }] })).toEqual(['nullable']);
    const missing = [...objectsOf(openapi)].flatMap(([path, { required, properties }]) =>
      Array.isArray(required)
        ? required
            .filter((name) => !Object.hasOwn((properties ?? {}) as Obj, String(name)))
            .map((name) => `${path}: ${name}`)
        : [],
    );
    expect(missing).toEqual([]);
  });
});

describe('frames.json', () => {
  const document = parsed('docs/generated/frames.json');
  const definitions = document['$defs'] as { [name: string]: Obj };

  it('[house] every reference leads somewhere, and only keywords of draft 2020-12 are used', () => {
    expect(dangling(document)).toEqual([]);
    expect(Object.values(definitions).flatMap(strangeKeywords)).toEqual([]);
  });

  it('[R17] every frame has a name, a description and its own `t`', () => {
    const frames = ['ClientFrame', 'ServerFrame'].flatMap((union) => definitions[union]?.['anyOf'] as Obj[]);
    expect(frames.length).toBeGreaterThan(20);
    const named = frames.map(({ $ref }) => definitions[String($ref).slice('#/$defs/'.length)] ?? {});
    expect(named.filter(({ description }) => typeof description !== 'string' || description === '')).toEqual([]);
    const ts = named.map(({ properties }) => ((properties as Obj)['t'] as Obj)['const']);
    expect(new Set(ts).size).toBe(ts.length);
  });
});

describe('asyncapi.json', () => {
  const document = parsed('docs/generated/asyncapi.json');
  const channels = document['channels'] as { [name: string]: Obj };
  const messages = (document['components'] as { messages: { [name: string]: Obj } }).messages;

  it('[house] is AsyncAPI 3, with every frame as a message of the one channel, and no reference that leads nowhere', () => {
    expect(document['asyncapi']).toBe('3.0.0');
    expect(dangling(document)).toEqual([]);
    expect(Object.keys(channels)).toEqual(['socket']);
    expect(Object.keys(channels['socket']?.['messages'] as Obj)).toEqual(Object.keys(messages));
    const frames = parsed('docs/generated/frames.json')['$defs'] as { [name: string]: Obj };
    const all = ['ClientFrame', 'ServerFrame'].flatMap((union) => frames[union]?.['anyOf'] as Obj[]);
    expect(Object.keys(messages)).toEqual(all.map(({ $ref }) => String($ref).slice('#/$defs/'.length)));
  });

  it('[house] has one operation for each direction, of messages of the channel', () => {
    const operations = Object.values(document['operations'] as { [name: string]: Obj });
    expect(operations.map(({ action }) => action)).toEqual(['receive', 'send']);
    const named = operations.flatMap((operation) => (operation['messages'] as Obj[]).map(({ $ref }) => String($ref)));
    expect(named).toEqual(Object.keys(messages).map((name) => `#/channels/socket/messages/${name}`));
  });
});
