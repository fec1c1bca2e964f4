// A therapist's hours: written as rows, limited, and left for a while. Painted by mouse, touch and keys: wide/.
// The demo clinic gets its own week back after each test: other journeys book in it.
import { test, expect, fits, hydrated, picture } from '../../pages/house';
import { axe } from '../../pages/axe';
import { planted, removed } from '../../pages/calendar';
import { sql } from '../../pages/database';
import { TESS, asBefore, openHours, seen, shifts } from '../../pages/hours';
import { NARROW } from '../../pages/wide_and_narrow';

test.afterEach(asBefore);

test('the week is written as rows without script, and a wrong row keeps what was typed', async ({ as }) => {
  const tess = await as('therapist', { javaScriptEnabled: false });
  await tess.goto('/care/availability');
  await tess.getByLabel('Saturday, first shift, from').fill('09:00');
  await tess.getByLabel('Saturday, first shift, until').fill('11:00');
  await tess.getByRole('button', { name: 'Use these hours' }).click();
  await expect(tess).toHaveURL(/\/care\/availability/);
  await expect.poll(() => shifts(6)).toBe('540-660');
  await expect(tess.getByLabel('Saturday, first shift, until')).toHaveValue('11:00');

  await tess.getByLabel('Saturday, first shift, until').fill('08:00');
  await tess.getByLabel('Sunday, first shift, from').fill('10:00');
  await tess.getByRole('button', { name: 'Use these hours' }).click();
  await expect(tess.getByRole('alert').filter({ hasText: 'The end must be later than the start.' })).toBeVisible();
  await expect(tess.getByLabel('Saturday, first shift, until')).toHaveValue('08:00');
  await expect(tess.getByLabel('Sunday, first shift, from')).toHaveValue('10:00');
  expect(shifts(6), 'nothing of a wrong week is saved').toBe('540-660');
  await fits(tess);
  await picture(tess, 'hours-rows');
});

test('a narrow window has from-to rows, and what is typed is counted at once', async ({ as }) => {
  const tess = await as('therapist', NARROW);
  await openHours(tess);
  await tess.getByLabel('Saturday, first shift, from').fill('09:00');
  await tess.getByLabel('Saturday, first shift, until').fill('11:00');
  await expect(seen(tess).getByText(/was \d+/)).toBeVisible();
  expect(await axe(tess)).toEqual([]);
  await fits(tess);
  await picture(tess, 'hours-narrow');
});

test('a day that is full offers no times', async ({ as }) => {
  const [tess, ana] = [await as('therapist'), await as('patient')];
  await openHours(tess);
  await tess.getByLabel('Visits a day').fill('0');
  await tess.getByRole('button', { name: 'Save the limits' }).click();
  await expect(tess.getByText('Saved. Patients see these hours now.')).toBeVisible();
  await expect(seen(tess).getByText(/^0 times in the next 14 days/)).toBeVisible();
  await ana.goto('/my/find');
  await ana.getByRole('link', { name: 'All times of Tess Moreno' }).click();
  await expect(ana).toHaveURL(/\/my\/find\/[0-9a-f-]{36}/);
  await expect(ana.getByRole('heading', { level: 1 })).toContainText('Tess Moreno');
  await expect(ana.locator('.times-grid button[name="starts"]')).toHaveCount(0);
});

test('time off lists the visits it lies over, each with a way out', async ({ as }) => {
  const visit = planted('Ana', 'tess', '10:00');
  try {
    const tess = await as('therapist');
    const day = sql(`SELECT (starts_at AT TIME ZONE 'America/New_York')::date FROM scheduling.visit WHERE id = '${visit}'`);
    await openHours(tess);
    await tess.getByLabel('First day').fill(day);
    await tess.getByLabel('Last day').fill(day);
    await tess.getByLabel('Reason').fill('Conference');
    await tess.getByLabel('Who stands in').selectOption({ label: 'June Park' });
    await tess.getByRole('button', { name: 'Add time off' }).click();
    const affected = tess.locator('section', { has: tess.getByRole('heading', { name: 'Visits in time off' }) });
    await expect(affected.getByText(/They stay until somebody moves them/)).toBeVisible();
    const one = affected.getByRole('listitem').filter({ has: tess.locator(`a[href$="${visit}"]`) });
    await expect(one).toContainText(/is free|Next free time after it|No free time/);
    await expect(tess.getByLabel('First day'), 'the form is empty again').toHaveValue('');
    await expect(tess.getByLabel('Reason')).toHaveValue('');
    expect(await axe(tess)).toEqual([]);
    await picture(tess, 'hours-time-off');
  } finally {
    removed(visit);
  }
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
