// What a first visit loads, compressed as it is sent, beside its budget (performance.md). Exits 1 past a limit.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const KB = 1000;
const LIMITS = { wasm: 220 * KB, js: 15 * KB, css: 30 * KB };

const site = process.argv[2];
const release = join(site, 'pkg', readFileSync(join(site, 'pkg/release.txt'), 'utf8').trim());
const sent = (name) => {
  const path = join(release, name);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
};
const plain = readdirSync(release).filter((name) => !/\.(br|gz)$/.test(name));
const sum = (names) => names.reduce((total, name) => total + sent(name), 0);

let over = false;
function figure(name, value, limit) {
  const bound = limit === undefined ? '' : ` (limit ${(limit / KB).toFixed(1)})`;
  console.log(`figure ${name} = ${(value / KB).toFixed(1)} kB brotli${bound}`);
  over ||= limit !== undefined && value > limit;
}

const MAIN = 'teletherapy.wasm';
// The pieces that each split point needs, by a name like door_page_1755…: what a first visit opens is of the audience "door".
const manifest = JSON.parse(readFileSync(join(release, '__wasm_split_manifest.json'), 'utf8'));
const piecesOf = (audience) => {
  const key = Object.keys(manifest).find((name) => name.startsWith(`${audience}_page_`));
  if (!key) throw new Error(`The release has no pages for ${audience}`);
  return manifest[key].map((piece) => `${piece}.wasm`);
};

figure('size.wasm.first_visit', sum([MAIN, ...piecesOf('door')]), LIMITS.wasm);
figure('size.js', sum(plain.filter((name) => name.endsWith('.js'))), LIMITS.js);
figure('size.css', sent('teletherapy.css'), LIMITS.css);
figure('size.wasm.main', sent(MAIN));
for (const audience of ['door', 'family', 'care', 'desk', 'room']) figure(`size.wasm.${audience}`, sum(piecesOf(audience)));
process.exit(over ? 1 : 0);
