// One page at the two widths of the design, for pages that only a journey reaches.
import type { Page } from '@playwright/test';
import { fits, picture } from './house';

/** A phone, whatever the project: for what only a narrow window does. */
export const NARROW = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** Keeps NAME-1440.png and NAME-390.png of the page as it stands, sees that it fits, and leaves it as wide as it was. */
export async function bothWidths(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    await page.setViewportSize(size);
    await fits(page);
    await picture(page, name);
  }
  if (before) await page.setViewportSize(before);
}
