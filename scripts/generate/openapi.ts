/** docs/generated/openapi.json: every command as its HTTP route, in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1). */
import {
  type Command,
  COMMANDS,
  CORRIDOR_PROBLEMS,
  DEFAULT_LIMITS,
  type ProblemCode,
  PROBLEMS,
  PROTOCOL_VERSION,
} from '@recreio/protocol';
import type { Docstrings } from './docstrings.ts';
import { commandPaths, type JsonObject, type Namer, namer } from './schemas.ts';

/** What the HTTP door itself refuses before the corridor (docs/protocol.md R10, R13). */
const atTheDoor = ({ http }: Command, hasBody: boolean): ProblemCode[] => [
  'misdirected',
  ...(http.method === 'GET' ? [] : (['not-allowed-origin'] as const)),
  ...(hasBody ? (['unsupported-media-type', 'too-large'] as const) : []),
];

/** A refusal as a response. */
const refusal = (status: number, codes: readonly ProblemCode[]): JsonObject => ({
  description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(' '),
  ...(status === 429 || status === 503
    ? { headers: { 'Retry-After': { description: 'Seconds to wait at least.', schema: { type: 'integer' } } } }
    : {}),
  content: {
    'application/problem+json': {
      schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: [...codes] } } }] },
    },
  },
});

/**
 * With what a command can be refused over HTTP, by status; codes in the order of the table. Many commands share a response:
 * it is written once. @param shared where, by name
 */
const refusals = (command: Command, hasBody: boolean, shared: Map<string, JsonObject>): JsonObject => {
  const possible = new Set<ProblemCode>([...CORRIDOR_PROBLEMS, ...command.problems, ...atTheDoor(command, hasBody)]);
  if (command.who === 'anyone') possible.delete('not-signed-in');
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of (Object.keys(PROBLEMS) as ProblemCode[]).filter((each) => possible.has(each))) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const name = [status, ...codes].join('.');
      shared.set(name, refusal(status, codes));
      return [String(status), { $ref: `#/components/responses/${name}` }];
    }),
  );
};

const parameter = (name: string, place: 'path' | 'query', required: boolean, schema: JsonObject): JsonObject => ({
  name,
  in: place,
  required,
  schema,
});

/** What is gathered while the operations are made. */
interface Gathered {
  readonly names: Namer;
  readonly docs: Docstrings;
  readonly responses: Map<string, JsonObject>;
}

const operation = (command: Command, { names, docs, responses }: Gathered, path: string): JsonObject => {
  const input = names.of(command.input, `${path}/input`);
  const properties = (input['properties'] ?? {}) as { [name: string]: JsonObject };
  const required = (input['required'] ?? []) as string[];
  const inPath = [...command.http.path.matchAll(/:(\w+)/gu)].map(([, name]) => name ?? '');
  const others = Object.keys(properties).filter((name) => !inPath.includes(name));
  const inQuery = command.http.method === 'GET' || command.http.method === 'DELETE';
  const hasBody = !inQuery && others.length > 0;
  const schemaOf = (name: string): JsonObject => {
    const schema = properties[name];
    if (!schema) throw new Error(`${command.name}: ${name} stands in the path and not in the input`);
    return schema;
  };
  const parameters = [
    ...inPath.map((name) => parameter(name, 'path', true, schemaOf(name))),
    ...(inQuery ? others : []).map((name) => parameter(name, 'query', required.includes(name), schemaOf(name))),
  ];
  const says = docs.get(path);
  return {
    operationId: command.name,
    tags: [command.name.split('.')[0] ?? ''],
    summary: command.summary,
    ...(says === undefined || says === command.summary ? {} : { description: says }),
    ...(command.who === 'anyone' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody
      ? {
          requestBody: {
            required: others.some((name) => required.includes(name)),
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: Object.fromEntries(others.map((name) => [name, schemaOf(name)])),
                  required: others.filter((name) => required.includes(name)),
                  additionalProperties: false,
                },
              },
            },
          },
        }
      : {}),
    responses: {
      '200': {
        description: 'Done.',
        content: { 'application/json': { schema: names.of(command.output, `${path}/output`) } },
      },
      ...refusals(command, hasBody, responses),
    },
    'x-recreio-kind': command.kind,
    'x-recreio-quota': command.quota,
    'x-recreio-socket': command.socket,
  };
};

/** The document. @param version the version of the packages */
export const openApi = (docs: Docstrings, version: string): JsonObject => {
  const names = namer(docs, '#/components/schemas/');
  const paths = new Map<string, JsonObject>();
  const responses = new Map<string, JsonObject>();
  const at = commandPaths();
  for (const declared of Object.values(COMMANDS)) {
    const command: Command = declared;
    const path = command.http.path.replace(/:(\w+)/gu, '{$1}');
    const item = paths.get(path) ?? {};
    const method = command.http.method.toLowerCase();
    if (method in item) throw new Error(`${command.http.method} ${path} is declared twice`);
    item[method] = operation(command, { names, docs, responses }, at.get(command.name) ?? '');
    paths.set(path, item);
  }
  names.to('Problem');
  return {
    openapi: '3.1.1',
    info: {
      title: 'Recreio',
      version,
      summary: `Commands over HTTP, protocol ${PROTOCOL_VERSION}`,
      description: `Made from the declarations in packages/protocol by \`npm run generate\`. What the shapes mean is in docs/protocol.md. A message has at most ${DEFAULT_LIMITS.messageBytes} bytes of UTF-8; the other limits are in the socket's welcome frame. Most commands can also be sent over the socket (docs/generated/frames.json).`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ cookie: [] }, { bearer: [] }],
    tags: [...new Set(Object.keys(COMMANDS).map((name) => name.split('.')[0] ?? ''))].map((name) => ({ name })),
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-recreio',
          description:
            'Set by signing in with `keep: "cookie"`. Over plain HTTP on this machine it is called `recreio-dev`. Changes also need an allowed `Origin` (R10).',
        },
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of signing in with `keep: "token"` (R8).' },
      },
      responses: Object.fromEntries([...responses].sort(([a], [b]) => (a < b ? -1 : 1))),
      schemas: names.definitions(),
    },
  };
};
