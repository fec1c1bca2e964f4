// The stage as both sides have it: drawing on it, and comparing the two.
import { expect, type Page } from './house';

export const stageHash = (page: Page) => page.locator('[data-stage-hash]').first().getAttribute('data-stage-hash');

/** Longer than a page takes to hash what it has just heard. */
const SETTLED_MS = 500;

/** Both pages show the same thing and hold the same strokes, and nothing more is on its way. */
export async function sameStage(one: Page, other: Page): Promise<void> {
  let before: string | null = null;
  const settled = async () => {
    const [here, there, last] = [await stageHash(one), await stageHash(other), before];
    before = here;
    return here === there && here === last;
  };
  await expect.poll(settled, { timeout: 30_000, intervals: [SETTLED_MS] }).toBe(true);
}

/** One stroke of the mouse. Each step waits for the page: few of them where a clock runs. */
export async function draw(page: Page, from: { x: number; y: number }, steps = 30): Promise<void> {
  const stage = page.locator('[data-stage-hash]').first();
  const box = (await stage.boundingBox())!;
  await page.mouse.move(box.x + from.x, box.y + from.y);
  await page.mouse.down();
  for (let step = 1; step <= steps; step += 1) {
    const along = (step / steps) * 30;
    await page.mouse.move(box.x + from.x + along * 6, box.y + from.y + 30 * Math.sin(along / 4));
  }
  await page.mouse.up();
}
