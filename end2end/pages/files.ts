// Files to upload, made on the spot: nothing large lies in the repository.
import { closeSync, ftruncateSync, openSync } from 'node:fs';

/** A PDF of plain pages, as large as asked: what no page refers to is kept all the same. */
export function pdf(pages: number, padding = 0): Buffer {
  const kids = Array.from({ length: pages }, (_, page) => `${4 + 2 * page} 0 R`).join(' ');
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from(`<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`),
    stream(Buffer.alloc(padding, 'x')),
  ];
  for (let page = 0; page < pages; page += 1) {
    objects.push(Buffer.from(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 320 180] /Resources << >> /Contents ${5 + 2 * page} 0 R >>`));
    objects.push(stream(Buffer.from(`0.2 0.5 0.${2 + (page % 7)} rg 40 40 ${60 + 20 * page} 100 re f`)));
  }
  const parts = [Buffer.from('%PDF-1.4\n')];
  const starts: number[] = [];
  let length = parts[0]!.length;
  objects.forEach((object, at) => {
    starts.push(length);
    const whole = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(whole);
    length += whole.length;
  });
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}

function stream(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`<< /Length ${content.length} >>\nstream\n`), content, Buffer.from('\nendstream')]);
}

/** A small chessboard. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAZ0lEQVR42u3ZsQkAIAwEwIzjdNZO5yTWzuEMCQiCB18/ufJJ7DVTaX2kcrs/AAAAAAAAAAAA' +
    'AADKgNcOyvYDAAAAAAAAAAAAANQBFhkAAAAAAAAAAACA/4BFBgAAAAAAAAAAAPAd4AAlW3GlNNDRgQAAAABJRU5ErkJggg==',
  'base64',
);

/** A file that is large and holds nothing. */
export function hollow(path: string, bytes: number): void {
  const file = openSync(path, 'w');
  ftruncateSync(file, bytes);
  closeSync(file);
}
