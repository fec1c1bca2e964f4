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

const main = 'teletherapy.wasm';
const scripts = plain.filter((name) => name.endsWith('.js'));
const chunks = plain.filter((name) => name.endsWith('.wasm') && name !== main);
figure('size.wasm.main', sent(main), LIMITS.wasm);
figure('size.js', sum(scripts), LIMITS.js);
figure('size.css', sent('teletherapy.css'), LIMITS.css);
for (const chunk of chunks.sort((a, b) => sent(b) - sent(a))) figure(`size.lazy.${chunk.replace(/\.wasm$/, '')}`, sent(chunk));
process.exit(over ? 1 : 0);
