// The waiting list: tell me if something sooner opens. A free time is kept for one person, who takes it or lets it pass.
import { test, expect, hydrated, type Page } from '../../pages/house';
import { axe } from '../../pages/axe';
import { bothWidths } from '../../pages/wide_and_narrow';
import { PEOPLE } from '../../pages/people';

/** Loads the waiting list until a time is kept for its reader: the house looks for one within seconds. */
async function offered(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto('/my/waitlist');
    await expect(page.getByRole('link', { name: 'See the time' })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 45_000 });
}

/** From the page of a therapist's times to the form. */
async function toTheForm(page: Page): Promise<void> {
  await page.goto('/my/find');
  await page.getByRole('region', { name: 'Therapists' }).getByRole('link').first().click();
  await page.getByRole('link', { name: 'Tell me if something sooner opens' }).click();
  await expect(page).toHaveURL(/\/my\/waitlist\/new\?/);
}

/** Nothing is left on the list: the next journey begins with an empty one. */
async function leave(page: Page): Promise<void> {
  await page.goto('/my/waitlist');
  await page.getByRole('button', { name: 'Leave the waiting list' }).click();
  await expect(page.getByText('You wait for nothing now.')).toBeVisible();
}

test('a visit comes sooner in one tap', async ({ as, page }) => {
  test.setTimeout(150_000);
  const therapist = await as('therapist');
  await therapist.goto('/care/visits/new');
  await hydrated(therapist);
  await therapist.getByLabel('Patient', { exact: true }).selectOption({ label: 'Ana Alvarez' });
  await therapist.getByLabel('Kind of visit').selectOption({ label: 'Therapy, 45 min' });
  const date = new Date(Date.now() + 24 * 86_400_000).toISOString().slice(0, 10);
  await therapist.getByLabel('Date', { exact: true }).fill(date);
  await therapist.getByLabel('Time', { exact: true }).fill('06:05');
  await therapist.getByRole('button', { name: 'Plan the visit' }).click();
  await expect(therapist).toHaveURL(/\/care\/visits\/[0-9a-f-]{36}$/);
  const visit = new URL(therapist.url()).pathname.split('/').pop()!;

  const patient = await as('patient');
  await patient.goto(`/my/visits/${visit}`);
  await hydrated(patient);
  await patient.getByRole('link', { name: 'Tell me if something sooner opens' }).click();
  await expect(patient.getByText(/Sooner than your visit on/)).toBeVisible();
  await hydrated(patient);
  expect(await axe(patient)).toEqual([]);
  await bothWidths(patient, 'waitlist-join');
  await patient.getByRole('button', { name: 'Tell me' }).click();
  await expect(patient).toHaveURL(/\/my\/waitlist$/);

  await offered(patient);
  await hydrated(patient);
  expect(await axe(patient)).toEqual([]);
  await bothWidths(patient, 'waitlist');
  await patient.getByRole('link', { name: 'See the time' }).click();
  await expect(patient.getByText(/is free\. It is kept for you until/)).toBeVisible();
  await expect(patient.getByText(/your visit moves there from/)).toBeVisible();
  await hydrated(patient);
  expect(await axe(patient)).toEqual([]);
  await bothWidths(patient, 'waitlist-offer');
  const offer = new URL(patient.url()).pathname.split('/').pop()!;

  // A letter says so, and nothing else; its link leads here.
  await expect(async () => {
    await page.goto('/dev/mail');
    const letters = page.getByRole('listitem').filter({ hasText: PEOPLE.patient.email });
    await letters.getByRole('link', { name: /^A time is free: / }).first().click({ timeout: 2_000 });
    await expect(page.locator('main')).toContainText(`/o/${offer}`, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await patient.goto(`/o/${offer}`);
  await expect(patient).toHaveURL(new RegExp(`/my/waitlist/${offer}$`));

  await hydrated(patient);
  await patient.getByRole('button', { name: 'Take this time' }).click();
  await expect(patient).toHaveURL(new RegExp(`/my/visits/${visit}$`));
  await expect(patient.getByText(/Moved, by the patient/)).toBeVisible();
  await patient.goto(`/my/waitlist/${offer}`);
  await expect(patient.getByText(/^You took /)).toBeVisible();
  await expect(patient.getByRole('button', { name: 'Take this time' })).toHaveCount(0);

  // The time is given back to the other journeys.
  await patient.goto(`/my/visits/${visit}/cancel`);
  await hydrated(patient);
  await patient.getByLabel('Reason').selectOption({ index: 1 });
  await patient.getByRole('button', { name: 'Cancel the visit' }).click();
  await expect(patient.getByText('Cancelled').first()).toBeVisible();
});

test('a time is offered, let pass and left with JavaScript off', async ({ as }) => {
  test.setTimeout(120_000);
  const neighbour = await as('neighbour', { javaScriptEnabled: false });
  await toTheForm(neighbour);
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) await neighbour.getByLabel(day).check();
  await neighbour.getByLabel('For how long').selectOption({ label: '8 weeks' });
  await neighbour.getByLabel(/Why do you want the visit/).fill('I sleep badly.');
  await neighbour.getByRole('button', { name: 'Tell me' }).click();
  await expect(neighbour).toHaveURL(/\/my\/waitlist$/);
  await expect(neighbour.getByText('Mondays, Tuesdays, Wednesdays, Thursdays and Fridays, at any time')).toBeVisible();

  await offered(neighbour);
  await neighbour.getByRole('link', { name: 'See the time' }).click();
  await expect(neighbour.getByText(/Our team answers by/)).toBeVisible();
  const offer = new URL(neighbour.url()).pathname;
  await neighbour.getByRole('button', { name: 'Let it pass' }).click();
  await expect(neighbour).toHaveURL(/\/my\/waitlist$/);
  await neighbour.goto(offer);
  await expect(neighbour.getByText('You let this time pass. You are still on the waiting list.')).toBeVisible();
  await leave(neighbour);
});

test('the desk takes an offer back and makes another by hand', async ({ as }) => {
  test.setTimeout(120_000);
  const neighbour = await as('neighbour');
  await toTheForm(neighbour);
  await hydrated(neighbour);
  await neighbour.getByRole('button', { name: 'Tell me' }).click();
  await expect(neighbour).toHaveURL(/\/my\/waitlist$/);
  await offered(neighbour);

  const desk = await as('liaison');
  await desk.goto('/desk?kind=waitlist');
  await hydrated(desk);
  await desk.getByRole('link', { name: /^Noah .*Waiting list/ }).first().click();
  await expect(desk.getByRole('heading', { level: 1 })).toContainText('waits for a time');
  await hydrated(desk);
  expect(await axe(desk)).toEqual([]);
  await bothWidths(desk, 'desk-waitlist');
  await desk.getByRole('button', { name: 'Take the offer back' }).click();
  await expect(desk.getByText('Taken back')).toBeVisible();
  await desk.getByRole('list', { name: 'Free times that fit' }).getByRole('button').last().click();
  await expect(desk.getByText('Waits for an answer')).toBeVisible();
  await expect(desk.getByText(/, by our team/)).toBeVisible();

  await offered(neighbour);
  await leave(neighbour);
});
