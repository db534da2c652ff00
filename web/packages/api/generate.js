// Makes src/msw/examples.ts from the OpenAPI document: of each operation its address and its documented success.
import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';

const document = new URL('../types/openapi.json', import.meta.url);
const examples = new URL('src/msw/examples.ts', import.meta.url);

const isCurrent = () =>
  existsSync(examples) && [document, new URL(import.meta.url)].every((source) => statSync(source).mtimeMs <= statSync(examples).mtimeMs);

function exampleOf(path, method, operation) {
  const [status, response] = Object.entries(operation.responses).find(([code]) => code.startsWith('2'));
  const [contentType, content] = Object.entries(response.content ?? {})[0] ?? [];
  const lines = response.content?.['application/x-ndjson']?.example;
  // When it was asked and under which id is the answer's own.
  const { success: _, timestamp: __, requestId: ___, ...envelope } = content?.example instanceof Object ? content.example : {};
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path: path.replace('/api/v1', ''),
    status: Number(status),
    ...(contentType === 'application/json' && { envelope }),
    ...(contentType && contentType !== 'application/json' && { contentType, body: String(content.example ?? '') }),
    ...(lines !== undefined && { lines }),
  };
}

if (!isCurrent()) {
  const { paths } = JSON.parse(await readFile(document, 'utf8'));
  const all = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => exampleOf(path, method, operation)),
  );
  // Of two addresses that fit, the one that leaves less open is meant: /orders/preview before /orders/{id}.
  const gaps = ({ path }) => path.split('{').length;
  all.sort((left, right) => gaps(left) - gaps(right));
  const head = "// Made from the OpenAPI document by generate.js.\nimport type { Example } from './Example.js';\n\n/** Every operation's documented success. */\n";
  await writeFile(examples, `${head}export const examples: readonly Example[] = ${JSON.stringify(all)};\n`);
}
