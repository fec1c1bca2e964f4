// The stage as both sides have it: drawing on it, and comparing the two.
import { expect, type Page } from './house';

export const stageHash = (page: Page) => page.locator('[data-stage-hash]').first().getAttribute('data-stage-hash');

/** Both pages show the same thing and hold the same strokes. */
export async function sameStage(one: Page, other: Page): Promise<void> {
  await expect.poll(async () => (await stageHash(one)) === (await stageHash(other)), { timeout: 15_000 }).toBe(true);
}

/** One stroke of the mouse. */
export async function draw(page: Page, from: { x: number; y: number }): Promise<void> {
  const stage = page.locator('[data-stage-hash]').first();
  const box = (await stage.boundingBox())!;
  await page.mouse.move(box.x + from.x, box.y + from.y);
  await page.mouse.down();
  for (let step = 1; step <= 30; step += 1) {
    await page.mouse.move(box.x + from.x + step * 6, box.y + from.y + 30 * Math.sin(step / 4));
  }
  await page.mouse.up();
}
