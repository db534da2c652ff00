// Makes src/schema.ts from openapi.json. What refuses (4xx, 5xx) is left out, since all of it is one `ApiError`, and so are
// response headers: with them the file would be more than ten times as long.
import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const document = new URL('openapi.json', import.meta.url);
const schema = new URL('src/schema.ts', import.meta.url);

// What these leave out is really left out at times.
const partial = new Set(['ApiError', 'ErrorDetails', 'Pagination', 'Problem']);

const isCurrent = () =>
  existsSync(schema) && [document, new URL(import.meta.url)].every((source) => statSync(source).mtimeMs <= statSync(schema).mtimeMs);

function withoutRefusals(operation) {
  operation.responses = Object.fromEntries(
    Object.entries(operation.responses)
      .filter(([status]) => status.startsWith('2'))
      .map(([status, { headers: _, ...response }]) => [status, response]),
  );
}

const mayBeNull = (property) =>
  (Array.isArray(property.type) && property.type.includes('null')) || (property.oneOf ?? []).some((option) => option.type === 'null');

function withoutNull(property) {
  if (Array.isArray(property.type)) {
    const types = property.type.filter((type) => type !== 'null');
    property.type = types.length === 1 ? types[0] : types;
  }
  if (property.oneOf) {
    const options = property.oneOf.filter((option) => option.type !== 'null');
    if (options.length === 1) {
      delete property.oneOf;
      Object.assign(property, options[0]);
    }
  }
  if (property.enum) property.enum = property.enum.filter((value) => value !== null);
}

// The server never writes null but leaves the member out, and writes all others; of what it reads, null says the same as nothing.
function tighten(name, object) {
  if (object.enum) withoutNull(object);
  const properties = Object.entries(object.properties ?? {});
  if (!name.endsWith('Request') && !partial.has(name)) {
    object.required = properties
      .filter(([member, property]) => object.required?.includes(member) || !mayBeNull(property))
      .map(([member]) => member);
  }
  for (const [, property] of properties) withoutNull(property);
}

function tightened(api) {
  for (const operations of Object.values(api.paths)) Object.values(operations).forEach(withoutRefusals);
  for (const [name, object] of Object.entries(api.components.schemas)) tighten(name, object);
  api.components.schemas.JsonObject = { type: 'object', additionalProperties: true };
  return api;
}

if (!isCurrent()) {
  const nodes = await openapiTS(tightened(JSON.parse(await readFile(document, 'utf8'))), { defaultNonNullable: false });
  await writeFile(schema, '// Made from openapi.json by generate.js.\n' + astToString(nodes));
}
