/** docs/generated/frames.json: what goes over the socket, as JSON Schema (draft 2020-12), by the frames' names. */
import { COMMANDS, PROTOCOL_VERSION, SUBPROTOCOL } from '@recreio/protocol';
import type { Docstrings } from './docstrings.ts';
import { type JsonObject, namer } from './schemas.ts';

/** The document. */
export const frames = (docs: Docstrings): JsonObject => {
  const names = namer(docs, '#/$defs/');
  const anyOf = [names.to('ClientFrame'), names.to('ServerFrame')];
  const overSocket = Object.values(COMMANDS).filter(({ socket }) => socket);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Frames of Recreio, protocol ${PROTOCOL_VERSION} (${SUBPROTOCOL})`,
    description: `Each WebSocket text message holds one of these. Made by \`npm run generate\`; what they mean is in docs/protocol.md. The commands of a do frame, with the shapes of openapi.json: ${overSocket.map(({ name }) => name).join(', ')}.`,
    anyOf,
    $defs: names.definitions(),
  };
};
