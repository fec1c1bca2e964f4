// A therapist's hours painted by mouse, by keys and by touch. Needs a wide window: a narrow one has rows (see scheduling/hours.spec.ts).
// The demo clinic gets its own week back after each test: other journeys book in it.
import { test, expect, fits, picture, settled, type Page } from '../../pages/house';
import { axe } from '../../pages/axe';
import { asBefore, openHours, seen, shifts } from '../../pages/hours';

test.afterEach(asBefore);

const grid = (page: Page) => page.getByRole('grid', { name: 'Working hours of a week' });

/** The middle of a cell, in the page. */
async function cell(page: Page, column: number, row: number): Promise<{ x: number; y: number }> {
  const picture = page.locator('.paint-picture');
  await picture.scrollIntoViewIfNeeded();
  const box = (await picture.boundingBox())!;
  const [width, height] = [52 + 7 * 100, 24 + 96 * 7];
  return {
    x: box.x + ((52 + column * 100 + 50) / width) * box.width,
    y: box.y + ((24 + row * 7 + 3.5) / height) * box.height,
  };
}

test('hours are painted with the mouse, and what patients would see follows before they are saved', async ({ as }) => {
  const tess = await as('therapist');
  await openHours(tess);
  const before = await seen(tess).getByText(/in the next 14 days/).innerText();

  // Saturday, nine to twelve.
  const [from, to] = [await cell(tess, 5, 36), await cell(tess, 5, 47)];
  await tess.mouse.move(from.x, from.y);
  await tess.mouse.down();
  await tess.mouse.move(to.x, to.y, { steps: 6 });
  await tess.mouse.up();
  await expect(seen(tess).getByText(/in the next 14 days/)).not.toHaveText(before);
  await expect(seen(tess).getByText(/was \d+/)).toBeVisible();
  expect(shifts(6), 'nothing is saved yet').toBe('');

  await tess.getByRole('button', { name: 'Undo' }).click();
  await expect(seen(tess).getByText(/in the next 14 days/)).toHaveText(before);
  await tess.getByRole('button', { name: 'Redo' }).click();
  await settled(tess);
  expect(await axe(tess)).toEqual([]);
  await fits(tess);
  await picture(tess, 'hours-painted');

  await tess.getByRole('button', { name: 'Use these hours' }).first().click();
  await expect(tess.getByText('Saved. Patients see these hours now.')).toBeVisible();
  expect(shifts(6)).toBe('540-720');
});

test('hours are painted by keys alone', async ({ as }) => {
  const tess = await as('therapist');
  await openHours(tess);
  await grid(tess).focus();
  await tess.keyboard.press('Control+Home');
  await tess.keyboard.press('End'); // Sunday
  for (let row = 0; row < 10; row += 1) await tess.keyboard.press('PageDown'); // ten o'clock
  await expect(tess.getByRole('gridcell', { selected: true })).toHaveText('Sunday, 10:00, nothing');
  for (let row = 0; row < 7; row += 1) await tess.keyboard.press('Shift+ArrowDown');
  await tess.keyboard.press('Enter');
  await expect(tess.getByRole('gridcell', { selected: true })).toHaveText('Sunday, 11:45, Every service');
  await tess.keyboard.press('ArrowUp');
  await tess.keyboard.press('Delete');
  await tess.keyboard.press('Control+z');
  await tess.getByRole('button', { name: 'Use these hours' }).first().focus();
  await tess.keyboard.press('Enter');
  await expect(tess.getByText('Saved. Patients see these hours now.')).toBeVisible();
  expect(shifts(7)).toBe('600-720');
});

test('hours are painted by touch', async ({ as }) => {
  const tess = await as('therapist', { hasTouch: true });
  await openHours(tess);
  const { x, y } = await cell(tess, 5, 40);
  await tess.touchscreen.tap(x, y);
  await tess.getByRole('button', { name: 'Use these hours' }).first().click();
  await expect(tess.getByText('Saved. Patients see these hours now.')).toBeVisible();
  expect(shifts(6)).toBe('600-615');
});
