// The times that a search offers.
import type { Locator, Page } from '@playwright/test';

/** A time that somebody offers. Not the earliest one, which the minimum notice may overtake between being shown and being pressed. */
export const aTime = (page: Page): Locator =>
  page.getByRole('region', { name: 'Therapists' }).getByRole('button', { name: /\d{1,2}:\d{2}/ }).nth(1);
