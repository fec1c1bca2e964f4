// A therapist's hours: painted by mouse, touch and keyboard, written as rows without script, limited, and left for a while.
// The demo clinic gets its own week back after each test: other journeys book in it.
import { test, expect, fits, hydrated, picture, settled, type Page } from '../pages/house';
import { axe } from '../pages/axe';
import { sql } from '../pages/database';

const TESS = `(SELECT id FROM identity.account WHERE email = 'tess@demo.example')`;

test.afterEach(() => {
  sql(`DELETE FROM scheduling.availability_rule WHERE therapist_id = ${TESS};
       INSERT INTO scheduling.availability_rule (therapist_id, weekday, starts_min, ends_min)
         SELECT ${TESS}, day, shift.starts, shift.ends
           FROM generate_series(1, 5) AS day, (VALUES (540, 720), (780, 1080)) AS shift (starts, ends);
       DELETE FROM scheduling.time_off WHERE therapist_id = ${TESS};
       DELETE FROM scheduling.travel_zone WHERE therapist_id = ${TESS};
       UPDATE scheduling.calendar SET day_visits = NULL, day_minutes = NULL, week_visits = NULL, week_minutes = NULL
        WHERE therapist_id = ${TESS}`);
});

const wide = (page: Page) => (page.viewportSize()?.width ?? 0) >= 768;
const grid = (page: Page) => page.getByRole('grid', { name: 'Working hours of a week' });
const seen = (page: Page) => page.getByRole('region', { name: 'What patients would see' });
const shifts = (weekday: number) =>
  sql(`SELECT starts_min || '-' || ends_min FROM scheduling.availability_rule
        WHERE therapist_id = ${TESS} AND weekday = ${weekday} ORDER BY starts_min`);

async function open(page: Page): Promise<void> {
  await page.goto('/care/availability');
  await hydrated(page);
}

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
  test.skip(!wide(tess), 'a narrow window has rows');
  await open(tess);
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
  test.skip(!wide(tess), 'a narrow window has rows');
  await open(tess);
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
  test.skip(!wide(tess), 'a narrow window has rows');
  await open(tess);
  const { x, y } = await cell(tess, 5, 40);
  await tess.touchscreen.tap(x, y);
  await tess.getByRole('button', { name: 'Use these hours' }).first().click();
  await expect(tess.getByText('Saved. Patients see these hours now.')).toBeVisible();
  expect(shifts(6)).toBe('600-615');
});

test('the week is written as rows without script, and a wrong row keeps what was typed', async ({ as }) => {
  const tess = await as('therapist', { javaScriptEnabled: false });
  await tess.goto('/care/availability');
  await tess.getByLabel('Saturday, first shift, from').fill('09:00');
  await tess.getByLabel('Saturday, first shift, until').fill('11:00');
  await tess.getByRole('button', { name: 'Use these hours' }).click();
  await expect(tess).toHaveURL(/\/care\/availability/);
  expect(shifts(6)).toBe('540-660');
  await expect(tess.getByLabel('Saturday, first shift, until')).toHaveValue('11:00');
  expect(await axe(tess)).toEqual([]);
  await fits(tess);
  await picture(tess, 'hours-rows');
});

test('a narrow window has from-to rows, and what is typed is counted at once', async ({ as }) => {
  const tess = await as('therapist');
  test.skip(wide(tess), 'a wide window paints');
  await open(tess);
  await tess.getByLabel('Saturday, first shift, from').fill('09:00');
  await tess.getByLabel('Saturday, first shift, until').fill('11:00');
  await expect(seen(tess).getByText(/was \d+/)).toBeVisible();
  await fits(tess);
  await picture(tess, 'hours-narrow');
});

test('a day that is full offers no times', async ({ as }) => {
  const [tess, ana] = [await as('therapist'), await as('patient')];
  await open(tess);
  await tess.getByLabel('Visits a day').fill('0');
  await tess.getByRole('button', { name: 'Save the limits' }).click();
  await expect(tess.getByText('Saved. Patients see these hours now.')).toBeVisible();
  await expect(seen(tess).getByText(/^0 times in the next 14 days/)).toBeVisible();
  await ana.goto('/my/find');
  await ana.getByRole('link', { name: 'All times of Tess Moreno' }).click();
  await expect(ana.locator('.times-grid button[name="starts"]')).toHaveCount(0);
});

test('time off lists the visits it lies over, each with a way out', async ({ as }) => {
  const tess = await as('therapist');
  const day = sql(`SELECT (v.starts_at AT TIME ZONE 'America/New_York')::date FROM scheduling.visit v
                    WHERE v.therapist_id = ${TESS} AND v.state = 'scheduled' AND v.starts_at > now() ORDER BY v.starts_at LIMIT 1`);
  test.skip(!day, 'no visit is to come');
  await open(tess);
  await tess.getByLabel('First day').fill(day);
  await tess.getByLabel('Last day').fill(day);
  await tess.getByLabel('Reason').fill('Conference');
  await tess.getByLabel('Who stands in').selectOption({ label: 'June Park' }).catch(() => undefined);
  await tess.getByRole('button', { name: 'Add time off' }).click();
  const affected = tess.getByRole('region', { name: 'Visits in time off' });
  await expect(affected.getByText(/They stay until somebody moves them/)).toBeVisible();
  await expect(affected.getByText(/is free|Next free time after it|No free time/).first()).toBeVisible();
  expect(await axe(tess)).toEqual([]);
  await picture(tess, 'hours-time-off');
});

test('a liaison opens a schedule by the services and changes it', async ({ as }) => {
  const lia = await as('liaison');
  await lia.goto('/desk/services');
  await hydrated(lia);
  expect(await axe(lia)).toEqual([]);
  await fits(lia);
  await picture(lia, 'services');
  await lia.getByRole('link', { name: /Tess Moreno/ }).click();
  await expect(lia).toHaveURL(/\/desk\/therapists\/[0-9a-f-]{36}/);
  await hydrated(lia);
  await lia.getByLabel('Visits a week').first().fill('30');
  await lia.getByRole('button', { name: 'Save the limits' }).click();
  await expect(lia.getByText('Saved. Patients see these hours now.')).toBeVisible();
  expect(sql(`SELECT week_visits FROM scheduling.calendar WHERE therapist_id = ${TESS}`)).toBe('30');
  await picture(lia, 'desk-schedule');
});
