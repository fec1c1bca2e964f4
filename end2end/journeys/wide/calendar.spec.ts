// Visits moved on a calendar by mouse and by keys, taken back, refused; and the desk's day with its filters. Needs a wide window:
// a narrow one shows an agenda (see scheduling/calendar.spec.ts).
import { test, expect, fits, hydrated, picture } from '../../pages/house';
import { axe } from '../../pages/axe';
import { block, drag, planted, plantedDay, removed } from '../../pages/calendar';

let visits: string[] = [];
test.beforeEach(() => {
  visits = [planted('Ana', 'tess', '10:00'), planted('Noah', 'tess', '14:00')];
});
test.afterEach(() => removed(...visits));

test('a therapist moves a visit by mouse, takes it back, and a refused one returns to its place', async ({ as }) => {
  const tess = await as('therapist');
  await tess.goto(`/care/calendar?view=day&on=${plantedDay()}`);
  await hydrated(tess);
  const ana = block(tess, visits[0]!);
  await expect(ana).toContainText('10:00 to 10:45');
  await drag(tess, ana, 4);
  await expect(ana).toContainText('11:00 to 11:45');
  await expect(tess.getByText('is moved, and told of it.')).toBeVisible();
  await picture(tess, 'calendar-moved');
  await tess.getByRole('button', { name: 'Undo' }).click();
  await expect(ana).toContainText('10:00 to 10:45');

  await drag(tess, ana, 15);
  await expect(tess.getByRole('alert').filter({ hasText: 'stays where it was' })).toBeVisible();
  await expect(ana).toContainText('10:00 to 10:45');
  await expect(ana).toHaveAttribute('data-state', 'refused');
  expect(await axe(tess)).toEqual([]);
  await picture(tess, 'calendar-refused');
});

test('a therapist moves a visit with the keyboard alone', async ({ as }) => {
  const tess = await as('therapist');
  await tess.goto(`/care/calendar?on=${plantedDay()}`);
  await hydrated(tess);
  const ana = block(tess, visits[0]!);
  await ana.getByRole('link').focus();
  await expect(tess.getByRole('region', { name: 'Preview' })).toContainText('Ana');
  await tess.keyboard.press('ArrowDown');
  await expect(block(tess, visits[1]!).getByRole('link')).toBeFocused();
  await tess.keyboard.press('ArrowUp');
  await tess.keyboard.press('m');
  await expect(tess.getByRole('status').filter({ hasText: 'Moving' })).toBeAttached();
  await tess.keyboard.press('ArrowDown');
  await tess.keyboard.press('Escape');
  await expect(ana).toContainText('10:00 to 10:45');
  await tess.keyboard.press('m');
  await tess.keyboard.press('ArrowDown');
  await tess.keyboard.press('ArrowDown');
  await tess.keyboard.press('Enter');
  await expect(ana).toContainText('10:30 to 11:15');
  await expect(ana.getByRole('link'), 'the focus goes along').toBeFocused();
  await tess.keyboard.press('u');
  await expect(ana).toContainText('10:00 to 10:45');
  await expect(ana.getByRole('link'), 'and comes back with it').toBeFocused();
  await tess.keyboard.press('Enter');
  await expect(tess).toHaveURL(new RegExp(`/care/visits/${visits[0]}$`));
});

test('the desk sees therapists side by side and filters', async ({ as }) => {
  const lia = await as('liaison');
  await lia.goto(`/desk/calendar?on=${plantedDay()}`);
  await hydrated(lia);
  await expect(block(lia, visits[0]!)).toBeVisible();
  expect(await lia.locator('.time-grid-column').count()).toBeGreaterThan(1);
  expect(await axe(lia)).toEqual([]);
  await fits(lia);
  await picture(lia, 'desk-calendar');
  await lia.getByLabel('State').selectOption('cancelled');
  await lia.getByRole('button', { name: 'Show' }).click();
  await expect(lia).toHaveURL(/state=cancelled/);
  await expect(block(lia, visits[0]!)).toHaveCount(0);
});
