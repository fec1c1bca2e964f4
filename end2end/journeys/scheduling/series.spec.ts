// Visits that repeat: each is seen before anything is saved, and several change in one step.
import { test, expect, hydrated, picture, type Page } from '../../pages/house';
import { axe } from '../../pages/axe';
import { bothWidths } from '../../pages/wide_and_narrow';

/** So many days ahead, as a form wants it. */
const ahead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Both projects use one clinic, and what the first has taken stays taken: each has an hour of its own. */
const early = (clock: string) => (test.info().project.name === 'phone' ? clock.replace('05:', '03:') : clock);

/** Fills the form of one visit so that it repeats: early in the morning, when no other journey books. */
async function repeat(therapist: Page, day: number, clock: string, times: number, { script = true } = {}) {
  await therapist.goto('/care/visits/new');
  if (script) await hydrated(therapist);
  await therapist.getByLabel('Patient', { exact: true }).selectOption({ label: 'Ana Alvarez' });
  await therapist.getByLabel('Kind of visit').selectOption({ label: 'Therapy, 45 min' });
  await therapist.getByLabel('Date', { exact: true }).fill(ahead(day));
  await therapist.getByLabel('Time', { exact: true }).fill(early(clock));
  await therapist.getByLabel('Repeats').selectOption({ label: 'Every week' });
  await therapist.getByLabel('Number of visits').fill(String(times));
  await therapist.getByRole('button', { name: 'Plan the visit' }).click();
  await expect(therapist).toHaveURL(/\/care\/visits\/new\/series\?/);
  await expect(therapist.getByRole('combobox', { name: /^Visit on/ })).toHaveCount(times);
}

async function planned(therapist: Page): Promise<string> {
  await therapist.getByRole('button', { name: 'Plan these visits' }).click();
  await expect(therapist).toHaveURL(/\/care\/visits\/[0-9a-f-]{36}$/);
  return new URL(therapist.url()).pathname.split('/').pop()!;
}

test('a therapist plans a series, moves the rest of it and cancels it', async ({ as }) => {
  test.setTimeout(180_000);
  const therapist = await as('therapist');
  await repeat(therapist, 30, '05:10', 4);
  await hydrated(therapist);
  expect(await axe(therapist)).toEqual([]);
  await bothWidths(therapist, 'series-plan');

  // The list follows the form.
  await therapist.getByLabel('Number of visits').fill('3');
  await therapist.getByLabel('Number of visits').blur();
  await expect(therapist.getByRole('combobox', { name: /^Visit on/ })).toHaveCount(3);
  await therapist.getByLabel(/Message to the patient/).fill('Every week, same time.');
  const first = await planned(therapist);
  await expect(therapist.getByText('Visit 1 of 3 of a series')).toBeVisible();
  await picture(therapist, 'series-visit');

  await therapist.getByRole('link', { name: /This and following/ }).click();
  await expect(therapist.getByLabel('New time', { exact: true })).toBeVisible();
  await hydrated(therapist);
  expect(await axe(therapist)).toEqual([]);
  await bothWidths(therapist, 'series-change');
  await therapist.getByLabel('New time', { exact: true }).fill(early('05:25'));
  await therapist.getByLabel('Reason').first().selectOption({ label: 'The patient asked for it' });
  await therapist.getByRole('button', { name: 'Move the visits' }).click();
  await expect(therapist).toHaveURL(new RegExp(`/care/visits/${first}$`));
  await expect(therapist.getByText(/Moved, by the therapist/)).toBeVisible();

  const patient = await as('patient');
  await patient.goto(`/my/visits/${first}`);
  await hydrated(patient);
  await expect(patient.getByText('Visit 1 of 3 of a series')).toBeVisible();
  await patient.getByRole('link', { name: /This and following/ }).click();
  await expect(patient.getByText('You can cancel these visits without a fee.')).toBeVisible();
  expect(await axe(patient)).toEqual([]);
  await bothWidths(patient, 'series-cancel');
  await patient.getByLabel('Reason').selectOption({ index: 1 });
  await patient.getByRole('button', { name: 'Cancel 3 visits' }).click();
  await expect(patient).toHaveURL(new RegExp(`/my/visits/${first}$`));
  await expect(patient.getByText('Cancelled').first()).toBeVisible();
});

test('what is in the way is listed and left out', async ({ as }) => {
  const therapist = await as('therapist');
  await repeat(therapist, 31, '05:40', 2);
  await planned(therapist);
  await repeat(therapist, 31, '05:50', 3);
  await expect(therapist.getByText(/2 of 3 cannot be as planned/)).toBeVisible();
  await expect(therapist.getByText('A visit with Ana Alvarez is there').first()).toBeVisible();
  await picture(therapist, 'series-hindered');
});

test('a series is planned with JavaScript off', async ({ as }) => {
  const therapist = await as('therapist', { javaScriptEnabled: false });
  await repeat(therapist, 33, '05:10', 3, { script: false });
  await therapist.getByRole('combobox', { name: /^Visit on/ }).nth(1).selectOption({ label: 'Leave out' });
  const first = await planned(therapist);
  await expect(therapist.getByText('Visit 1 of 2 of a series')).toBeVisible();
  await therapist.goto(`/care/visits/${first}/series?extent=all`);
  await therapist.getByText('Cancel them').click();
  await therapist.getByLabel('Reason').last().selectOption({ index: 1 });
  await therapist.getByRole('button', { name: 'Cancel 2 visits' }).click();
  await expect(therapist).toHaveURL(new RegExp(`/care/visits/${first}$`));
});
