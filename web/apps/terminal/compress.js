// Leaves a brotli twin beside each built file that gains by it, and writes the list of files that the service worker keeps.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const output = process.env.TERMINAL_OUT ?? 'dist/app';
const text = /\.(js|css|html|svg|webmanifest)$/;
const smallest = 1024;

const files = readdirSync(output, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.br'))
  .map((entry) => join(entry.parentPath, entry.name));

// The shell is what every screen needs first; the rest is kept when it was looked at.
const shell = ['/', ...entryFiles(readFileSync(join(output, 'index.html'), 'utf8')), '/favicon.svg', '/app.webmanifest'];
const worker = join(output, 'sw.js');
const version = createHash('sha256').update(files.map((file) => relative(output, file)).sort().join('\n')).digest('hex').slice(0, 12);
writeFileSync(worker, readFileSync(worker, 'utf8').replace("'__VERSION__'", JSON.stringify(version)).replace("['__SHELL__']", JSON.stringify(shell)));

for (const file of files) {
  if (!text.test(file) || statSync(file).size < smallest) continue;
  const content = readFileSync(file);
  const packed = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  if (packed.length < content.length) writeFileSync(`${file}.br`, packed);
}

function entryFiles(html) {
  return [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
}
