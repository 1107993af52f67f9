import type { Plugin } from 'vite';
import { COMMANDS, PROBLEMS } from '../../packages/protocol/src/index.ts';

/** What the SDK reads of a command at run time: how it travels, and whether it carries a client id. */
const lightOf = ({ kind, who, socket, http, input }: (typeof COMMANDS)[keyof typeof COMMANDS]) => [
  kind,
  who,
  socket,
  http.method,
  http.path,
  'clientId' in input.properties,
];

/** The module that a build has in the declarations' place: their table, packed, and what unpacks it. */
const light = (): string => {
  const table = JSON.stringify(Object.fromEntries(Object.entries(COMMANDS).map(([name, one]) => [name, lightOf(one)])));
  return `export const COMMANDS = Object.fromEntries(Object.entries(${table}).map(([name, [kind, who, socket, method, path, hasId]]) =>
    [name, { name, kind, who, socket, http: { method, path }, input: { properties: hasId ? { clientId: {} } : {} } }]));`;
};

const schemaLibrary = '\0recreio:schemas';

/** Refusals come with their sentence from the server, and the app has words of its own: of the table's, a page makes these itself. */
const ownRefusals = ['too-large'];

/** The table of problems without the sentences that no page reads. */
function withoutSentences(code: string): string {
  let count = 0;
  const left = code.replace(
    /^( {2}'?([\w-]+)'?: row\(\s*\d+,\s*)(?:'(?:[^'\\]|\\.)*'|"[^"]*")/gm,
    (all, head, name) => {
      count += 1;
      return ownRefusals.includes(name as string) ? all : `${head as string}''`;
    },
  );
  if (count !== Object.keys(PROBLEMS).length)
    throw new Error(`${count} problems were found, not all: light-protocol.ts must be looked at`);
  return left;
}

/**
 * The schemas of the protocol are types to a page: the server judges what comes in. Their library and all their sentences would
 * be a quarter of the first load (performance P9), so a build has neither: of the commands it keeps the table, made from the
 * declarations each time, and the makers of schemas make nothing. Development runs the declarations themselves.
 */
export function lightProtocol(): Plugin {
  const table = light();
  return {
    name: 'recreio:light-protocol',
    apply: 'build',
    enforce: 'pre',
    resolveId: (source) => (source === 'typebox' ? schemaLibrary : undefined),
    load(id) {
      if (id === schemaLibrary)
        return 'const none = { properties: {} }; export default new Proxy({}, { get: () => () => none });';
      return id.endsWith('/packages/protocol/src/commands.ts') ? table : undefined;
    },
    transform: (code, id) =>
      id.endsWith('/packages/protocol/src/problems.ts') ? { code: withoutSentences(code), map: null } : undefined,
  };
}

/** The modules that only declare: what nobody reads of them goes. */
export const declarations = /packages\/protocol\/src\//;
