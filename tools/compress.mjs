// Writes FILE.br and FILE.gz beside each file below a folder that shrinks by it.
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TEXTUAL = new Set(['.wasm', '.js', '.css', '.json', '.svg', '.webmanifest', '.txt']);

const forms = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

const isThere = (path) => stat(path).then(() => true, () => false);

async function compress(path) {
  const bytes = await readFile(path);
  for (const [ending, form] of Object.entries(forms)) {
    // A release never changes once it is made.
    if (await isThere(`${path}.${ending}`)) continue;
    const small = await form(bytes);
    if (small.length < bytes.length) await writeFile(`${path}.${ending}`, small);
  }
}

const [folder] = process.argv.slice(2);
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && TEXTUAL.has(extname(entry.name)))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
await Promise.all(files.map(compress));
