import type { Plugin } from 'vite';
import { COMMANDS } from '../../packages/protocol/src/index.ts';

/** What the SDK reads of a command at run time: how it travels, and whether it carries a client id. */
const lightOf = ({ name, kind, who, socket, http, input }: (typeof COMMANDS)[keyof typeof COMMANDS]) => ({
  name,
  kind,
  who,
  socket,
  http,
  input: { properties: 'clientId' in input.properties ? { clientId: {} } : {} },
});

const schemaLibrary = '\0recreio:schemas';

/**
 * The schemas of the protocol are types to a page: the server judges what comes in. Their library and all their sentences would
 * be a quarter of the first load (performance P9), so a build has neither: of the commands it keeps the table, made from the
 * declarations each time, and the makers of schemas make nothing. Development runs the declarations themselves.
 */
export function lightProtocol(): Plugin {
  const table = JSON.stringify(Object.fromEntries(Object.entries(COMMANDS).map(([name, one]) => [name, lightOf(one)])));
  return {
    name: 'recreio:light-protocol',
    apply: 'build',
    enforce: 'pre',
    resolveId: (source) => (source === 'typebox' ? schemaLibrary : undefined),
    load(id) {
      if (id === schemaLibrary)
        return 'const none = { properties: {} }; export default new Proxy({}, { get: () => () => none });';
      return id.endsWith('/packages/protocol/src/commands.ts') ? `export const COMMANDS = ${table};` : undefined;
    },
  };
}

/** The modules that only declare: what nobody reads of them goes. */
export const declarations = /packages\/protocol\/src\//;
