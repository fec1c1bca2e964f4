// From a need to a confirmed visit: find, keep a time, say why, ask; the desk approves.
import { test, expect, hydrated, picture, type Page } from '../pages/house';
import { axe } from '../pages/axe';
import { inState, lastDecided } from '../pages/desk';
import { aTime } from '../pages/times';

test('a patient asks for a time and the desk confirms it', async ({ as }) => {
  test.setTimeout(120_000);
  const patient = await as('patient');
  await patient.goto('/my/find');
  await hydrated(patient);
  await aTime(patient).click();

  await expect(patient).toHaveURL(/\/my\/book\//);
  await expect(patient.getByRole('heading', { level: 1 })).toHaveText('Request a visit');
  await expect(patient.getByText(/left$/)).toBeVisible();
  await hydrated(patient);
  const why = patient.getByLabel(/Why do you want this visit/);
  await why.fill('I sleep badly since we moved.');
  expect(await axe(patient)).toEqual([]);
  await picture(patient, 'book');

  await expect(patient.getByText('Saved.')).toBeVisible();
  await patient.reload();
  await expect(why, 'what was typed survives a reload').toHaveValue('I sleep badly since we moved.');
  await hydrated(patient);
  await patient.getByRole('button', { name: 'Send request' }).click();

  await expect(patient).toHaveURL(/\/my\/requests\//);
  await expect(patient.getByText('Requested').first()).toBeVisible();
  expect(await axe(patient)).toEqual([]);
  await picture(patient, 'request');
  const request = new URL(patient.url()).pathname.split('/').pop()!;

  const desk = await as('liaison');
  await desk.goto(`/desk/queue/${request}`);
  await hydrated(desk);
  await expect(desk.getByText('I sleep badly since we moved.')).toBeVisible();
  expect(await axe(desk)).toEqual([]);
  await picture(desk, 'desk-request');
  await desk.getByRole('button', { name: /Approve/ }).click();
  // Other decisions may stand there already: this one is through when it stands first.
  await expect(lastDecided(desk)).toHaveValue(request);
  await expect(desk.getByText(/Just decided/)).toBeAttached();
  expect(inState([request], 'approved')).toBe(1);

  await patient.goto('/my/calendar');
  await expect(patient.getByText('Confirmed').first()).toBeVisible();
  await picture(patient, 'calendar-confirmed');
});

test('a guardian books for a child with JavaScript off', async ({ as }) => {
  const guardian = await as('guardian', { javaScriptEnabled: false });
  await guardian.goto('/my/find');
  await aTime(guardian).click();
  await expect(guardian).toHaveURL(/\/my\/book\//);
  await guardian.getByLabel(/Why do you want this visit/).fill('New school, many questions.');
  await picture(guardian, 'book-without-script');
  await guardian.getByRole('button', { name: 'Send request' }).click();
  await expect(guardian).toHaveURL(/\/my\/requests\//);
  await expect(guardian.getByText('Requested').first()).toBeVisible();
  await guardian.getByRole('button', { name: 'Withdraw the request' }).click();
  await expect(guardian.getByText('Withdrawn').first()).toBeVisible();
});

test('a time is asked for and given back with the keyboard alone', async ({ as }) => {
  test.setTimeout(120_000);
  const patient = await as('patient');
  await patient.goto('/my/find');
  await hydrated(patient);
  await tabTo(patient, () => /^\D+\d{1,2} \w+, \d{1,2}:\d{2}/.test(document.activeElement?.getAttribute('aria-label') ?? ''));
  await patient.keyboard.press('Enter');
  await expect(patient).toHaveURL(/\/my\/book\//);
  await hydrated(patient);
  await tabTo(patient, () => document.activeElement?.tagName === 'TEXTAREA');
  await patient.keyboard.type('By keyboard.');
  await tabTo(patient, () => document.activeElement?.tagName === 'BUTTON' && document.activeElement.textContent!.includes('Send request'));
  await patient.keyboard.press('Enter');
  await expect(patient).toHaveURL(/\/my\/requests\//);
  await hydrated(patient);
  await tabTo(patient, () => document.activeElement?.tagName === 'BUTTON' && document.activeElement.textContent!.includes('Withdraw the request'));
  await patient.keyboard.press('Enter');
  await expect(patient.getByText('Withdrawn').first()).toBeVisible();
});

/** Presses Tab until the focused element is the one looked for. */
async function tabTo(page: Page, found: () => boolean): Promise<void> {
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(found)) return;
  }
  throw new Error('Tab never came to what was looked for');
}
