/** Where a command's input stands in a request (docs/protocol.md R13): path, then query or body; nothing twice, nothing elsewhere. */
import { type Denial, deny } from '@recreio/core';
import type { Command } from '@recreio/protocol';

interface Schema {
  readonly type?: string;
  readonly items?: Schema;
}

/** A text of the query as its schema means it; what does not fit is left for the corridor to refuse. */
const asMeant = (schema: Schema | undefined, value: string): unknown => {
  if (schema?.type === 'integer' || schema?.type === 'number')
    return /^-?\d{1,16}$/u.test(value) ? Number(value) : value;
  if (schema?.type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
};

/** The input of a command from the parts of a request. */
export const inputOf = (
  command: Command,
  parts: { readonly path: Record<string, string>; readonly query: URLSearchParams; readonly body: unknown },
): Record<string, unknown> | Denial<'malformed'> => {
  const properties = command.input.properties as Record<string, Schema>;
  const inQuery = command.http.method === 'GET' || command.http.method === 'DELETE';
  const input: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  if (inQuery) {
    for (const name of new Set(parts.query.keys())) {
      const values = parts.query.getAll(name);
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (schema?.type === 'array') input[name] = values.map((value) => asMeant(schema.items, value));
      else if (values.length > 1) return deny('malformed', { detail: `/${name} is given more than once` });
      else input[name] = asMeant(schema, values[0] ?? '');
    }
  } else {
    if (parts.query.size > 0)
      return deny('malformed', { detail: 'this command takes its input from the body, not from the query' });
    const { body } = parts;
    if (body !== undefined && body !== null) {
      if (typeof body !== 'object' || Array.isArray(body))
        return deny('malformed', { detail: 'the body is a JSON object' });
      Object.assign(input, body);
    }
  }
  for (const [name, value] of Object.entries(parts.path)) {
    if (Object.hasOwn(input, name)) return deny('malformed', { detail: `/${name} is given in the path already` });
    input[name] = value;
  }
  return { ...input };
};
