// An agreed visit gets another time: by the patient, without script, by keyboard, by the desk; and staff plan one.
import { test, expect, hydrated, picture, type Page } from '../../pages/house';
import { axe } from '../../pages/axe';
import { bothWidths } from '../../pages/wide_and_narrow';

/** Plans a visit as Tess, early in the morning: a time that no other journey uses. Answers its id. */
async function plan(therapist: Page, day: number, clock: string): Promise<string> {
  await therapist.goto('/care/visits/new');
  await hydrated(therapist);
  await therapist.getByLabel('Patient', { exact: true }).selectOption({ label: 'Ana Alvarez' });
  await therapist.getByLabel('Kind of visit').selectOption({ label: 'Therapy, 45 min' });
  const date = new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10);
  await therapist.getByLabel('Date', { exact: true }).fill(date);
  await therapist.getByLabel('Time', { exact: true }).fill(clock);
  await therapist.getByLabel(/Message to the patient/).fill('Bring the diary.');
  await therapist.getByRole('button', { name: 'Plan the visit' }).click();
  await expect(therapist).toHaveURL(/\/care\/visits\/[0-9a-f-]{36}$/);
  return new URL(therapist.url()).pathname.split('/').pop()!;
}

test('a therapist plans a visit and the patient moves it', async ({ as }) => {
  test.setTimeout(120_000);
  const therapist = await as('therapist');
  await therapist.goto('/care/visits/new');
  await hydrated(therapist);
  expect(await axe(therapist)).toEqual([]);
  await bothWidths(therapist, 'plan');
  const visit = await plan(therapist, 10, '06:05');
  await expect(therapist.getByText('Bring the diary.')).toBeVisible();

  const patient = await as('patient');
  await patient.goto(`/my/visits/${visit}`);
  await hydrated(patient);
  await expect(patient.getByText('Bring the diary.')).toBeVisible();
  await patient.getByRole('link', { name: 'Move' }).click();
  await expect(patient.getByRole('heading', { level: 1 })).toHaveText('Move this visit');
  await expect(patient.getByText(/without a fee until/)).toBeVisible();
  expect(await axe(patient)).toEqual([]);
  await bothWidths(patient, 'move');
  await patient.getByLabel(/Anything to add/).fill('My shift changed.');
  await patient.getByRole('button', { name: /\d{1,2}:\d{2}/ }).last().click();
  await expect(patient).toHaveURL(new RegExp(`/my/visits/${visit}$`));
  await expect(patient.getByText(/Moved, by the patient/)).toBeVisible();
  await expect(patient.getByText('My shift changed.')).toBeVisible();
  await picture(patient, 'moved');

  await therapist.goto(`/care/visits/${visit}`);
  await expect(therapist.getByText(/Moved, by the patient/)).toBeVisible();
});

test('a visit moves with JavaScript off', async ({ as }) => {
  const therapist = await as('therapist');
  const visit = await plan(therapist, 11, '06:05');
  const patient = await as('patient', { javaScriptEnabled: false });
  await patient.goto(`/my/visits/${visit}/move`);
  await patient.getByRole('button', { name: /\d{1,2}:\d{2}/ }).first().click();
  await expect(patient).toHaveURL(new RegExp(`/my/visits/${visit}$`));
  await expect(patient.getByText(/Moved, by the patient/)).toBeVisible();
});

test('a visit moves with the keyboard alone', async ({ as }) => {
  const therapist = await as('therapist');
  const visit = await plan(therapist, 12, '06:05');
  const patient = await as('patient');
  await patient.goto(`/my/visits/${visit}/move`);
  await hydrated(patient);
  for (let step = 0; step < 150; step += 1) {
    await patient.keyboard.press('Tab');
    if (await patient.evaluate(() => document.activeElement?.getAttribute('name') === 'starts')) break;
  }
  await patient.keyboard.press('Enter');
  await expect(patient).toHaveURL(new RegExp(`/my/visits/${visit}$`));
  await expect(patient.getByText(/Moved, by the patient/)).toBeVisible();
});

test('the desk moves a visit to any time, with a reason', async ({ as }) => {
  const visit = await plan(await as('therapist'), 13, '06:05');
  const desk = await as('liaison');
  await desk.goto(`/desk/visits/${visit}`);
  await hydrated(desk);
  expect(await axe(desk)).toEqual([]);
  await picture(desk, 'desk-visit');
  await desk.getByRole('link', { name: 'Move' }).click();
  await desk.getByLabel('Reason').selectOption({ label: 'The therapist is away' });
  const date = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  await desk.getByLabel('New date').fill(date);
  // Both projects use one clinic: what the first has taken stays taken. Far from 06:05, which is this day's when midnight (UTC) is
  // between the two.
  await desk.getByLabel('New time').fill(test.info().project.name === 'phone' ? '04:35' : '03:35');
  await desk.getByRole('button', { name: 'Move the visit' }).click();
  await expect(desk).toHaveURL(new RegExp(`/desk/visits/${visit}$`));
  await expect(desk.getByText(/Moved, by our team/)).toBeVisible();
  await expect(desk.getByText(/The therapist is away\./)).toBeVisible();
});
