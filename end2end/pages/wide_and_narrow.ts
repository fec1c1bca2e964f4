// One page at the two widths of the design, for pages that only a journey reaches.
import type { Page } from '@playwright/test';
import { picture } from './house';

/** Keeps NAME-1440.png and NAME-390.png of the page as it stands, and leaves it as wide as it was. */
export async function bothWidths(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    await page.setViewportSize(size);
    await picture(page, name);
  }
  if (before) await page.setViewportSize(before);
}
