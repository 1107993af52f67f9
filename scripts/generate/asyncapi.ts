/** docs/generated/asyncapi.json: the socket as AsyncAPI 3.0 (https://www.asyncapi.com/docs/reference/specification/v3.0.0), from the server's side. */
import { PROTOCOL_VERSION, SUBPROTOCOL } from '@recreio/protocol';
import type { Docstrings } from './docstrings.ts';
import { type Json, type JsonObject, namer } from './schemas.ts';

const SCHEMAS = '#/components/schemas/';

/** The names of a union's members, in order. */
const membersOf = (union: Json | undefined): string[] => {
  const { anyOf } = union as { anyOf: { $ref: string }[] };
  return anyOf.map(({ $ref }) => $ref.slice(SCHEMAS.length));
};

/** The document. Every frame is a message of the one channel; the server receives some and sends the others. */
export const asyncApi = (docs: Docstrings, version: string): JsonObject => {
  const names = namer(docs, SCHEMAS);
  names.to('ClientFrame');
  names.to('ServerFrame');
  const { ClientFrame, ServerFrame, ...schemas } = names.definitions();
  const received = membersOf(ClientFrame);
  const sent = membersOf(ServerFrame);
  const message = (name: string): JsonObject => {
    const { description } = schemas[name] as { description?: string };
    return {
      name: String(((schemas[name] as JsonObject)['properties'] as { t: { const: string } }).t.const),
      title: name,
      ...(description === undefined ? {} : { summary: description }),
      payload: { $ref: `${SCHEMAS}${name}` },
    };
  };
  const refs = (list: readonly string[], at: string): Json[] => list.map((name) => ({ $ref: `${at}${name}` }));
  const channel = { $ref: '#/channels/socket' };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Recreio: the socket',
      version,
      description: `Protocol ${PROTOCOL_VERSION}, subprotocol ${SUBPROTOCOL}. Each WebSocket text message holds one frame. What they mean, rule by rule, is in docs/protocol.md; the commands that a do frame carries are in openapi.json.`,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      school: {
        host: 'chat.escola.example',
        protocol: 'wss',
        description: 'The school’s own server; the address is invented.',
      },
    },
    channels: {
      socket: {
        address: '/socket',
        description: 'One connection of one person (R16–R25). The first frame is hello, its answer welcome.',
        messages: Object.fromEntries(
          [...received, ...sent].map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
        bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
      },
    },
    operations: {
      receive: {
        action: 'receive',
        channel,
        summary: 'What a client says.',
        messages: refs(received, '#/channels/socket/messages/'),
      },
      send: {
        action: 'send',
        channel,
        summary: 'What the server says. A client ignores frames that it does not know (R2).',
        messages: refs(sent, '#/channels/socket/messages/'),
      },
    },
    components: {
      messages: Object.fromEntries([...received, ...sent].map((name) => [name, message(name)])),
      schemas: schemas as JsonObject,
    },
  };
};
