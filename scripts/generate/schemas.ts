/** The protocol's schemas as plain JSON Schema: each exported one once, under its name, and a reference everywhere else. */
import * as protocol from '@recreio/protocol';
import type { Docstrings } from './docstrings.ts';

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** An object of JSON. */
export interface JsonObject {
  [name: string]: Json;
}

const { accounts, drafts, lessons, members, messages, notices, presence, rooms, saved, streams } = protocol;
const {
  ClientFrame,
  ClientId,
  Cursor,
  Id,
  Instant,
  Limits,
  Problem,
  RoomEvent,
  Seq,
  ServerFrame,
  StreamName,
  UserEvent,
} = protocol;

/** File of the protocol → what it exports; the door of the package gives some files whole and of others only the names. */
const EXPORTS: Readonly<Record<string, object>> = {
  ids: { Id, ClientId, Seq, Instant, StreamName, Cursor },
  limits: { Limits },
  problems: { Problem },
  accounts,
  rooms,
  members,
  messages,
  lessons,
  presence,
  saved,
  notices,
  drafts,
  events: { RoomEvent, UserEvent },
  streams: { ...streams, ClientFrame, ServerFrame },
};

const isSchema = (value: unknown): boolean => typeof value === 'object' && value !== null && '~kind' in value;

/** What TypeBox keeps beside the schema is not enumerable: JSON leaves it out. */
const plain = (schema: unknown): Json => JSON.parse(JSON.stringify(schema));

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names for shapes, and what the declarations say of them. @param at where definitions lie, as `#/components/schemas/` */
export const namer = (docs: Docstrings, at: string) => {
  const definitions = new Map<string, { readonly schema: Json; readonly path: string }>();
  const names = new Map<string, string>();
  for (const [file, exported] of Object.entries(EXPORTS)) {
    for (const [name, value] of Object.entries(exported)) {
      if (!isSchema(value)) continue;
      const schema = plain(value);
      const shape = JSON.stringify(schema);
      const other = names.get(shape);
      if (other !== undefined)
        throw new Error(`${name} and ${other} are one shape: a document could not tell them apart`);
      names.set(shape, name);
      definitions.set(name, { schema, path: `${file}/${name}` });
    }
  }
  const used = new Set<string>();

  const below = (value: JsonObject, path: string): JsonObject => {
    const out: JsonObject = {};
    for (const [keyword, inner] of Object.entries(value)) {
      if (keyword === 'properties' && isObject(inner)) {
        out[keyword] = Object.fromEntries(
          Object.entries(inner).map(([name, schema]) => [
            name,
            described(referred(schema, `${path}/${name}`), `${path}/${name}`),
          ]),
        );
      } else if (Array.isArray(inner)) {
        out[keyword] = inner.map((item) => (isObject(item) ? referred(item, path) : item));
      } else {
        out[keyword] = isObject(inner) ? referred(inner, path) : inner;
      }
    }
    return out;
  };

  const referred = (schema: Json, path: string): Json => {
    const name = names.get(JSON.stringify(schema));
    if (name !== undefined) {
      used.add(name);
      return { $ref: at + name };
    }
    return isObject(schema) ? below(schema, path) : schema;
  };

  const described = (schema: Json, path: string): Json => {
    const text = docs.get(path);
    return text === undefined || !isObject(schema) || 'description' in schema
      ? schema
      : { description: text, ...schema };
  };

  const definition = (name: string): Json => {
    const found = definitions.get(name);
    if (!found || !isObject(found.schema)) throw new Error(`no schema is called ${name}`);
    return described(below(found.schema, found.path), found.path);
  };

  return {
    /** A schema with references in the place of named ones. @param path where its docstrings are, as `messages/send/output` */
    of: (schema: unknown, path: string): JsonObject => {
      const made = referred(plain(schema), path);
      if (!isObject(made)) throw new Error(`${path} is not a schema`);
      return made;
    },
    /** A reference to a named schema. */
    to: (name: string): JsonObject => {
      if (!definitions.has(name)) throw new Error(`no schema is called ${name}`);
      used.add(name);
      return { $ref: at + name };
    },
    /** Every named schema that was referred to, and those that these refer to, by name. */
    definitions: (): JsonObject => {
      const out = new Map<string, Json>();
      // Making one may refer to more: a set gives what is added while it is walked
      for (const name of used) out.set(name, definition(name));
      return Object.fromEntries([...out].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
};

/** Gives names to shapes. */
export type Namer = ReturnType<typeof namer>;

/** The path of each command's docstrings, by the command's name: `accounts.import` is the export `importPeople`. */
export const commandPaths = (): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(EXPORTS).flatMap(([file, exported]) =>
      Object.entries(exported).flatMap(([name, value]: [string, unknown]) =>
        typeof value === 'object' && value !== null && 'input' in value && 'name' in value
          ? [[String(value.name), `${file}/${name}`] as const]
          : [],
      ),
    ),
  );
