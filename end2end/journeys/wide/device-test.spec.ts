// The device test at any time, without a visit: for everybody who may sit in one, and for nobody else.
import { test, expect } from '../../pages/house';
import { axe } from '../../pages/axe';
import { bothWidths } from '../../pages/wide_and_narrow';

test('a patient tests the device before any visit', async ({ as }) => {
  const patient = await as('patient');
  await patient.goto('/my');
  await patient.getByRole('link', { name: 'Test this device' }).click();
  await expect(patient).toHaveURL(/\/room\/test$/);
  await expect(patient.getByRole('heading', { name: 'Can you see yourself?' })).toBeVisible();
  await patient.getByRole('button', { name: 'Yes, go on' }).click();
  await expect(patient.getByText('We hear you.')).toBeVisible();
  await patient.getByRole('button', { name: 'Yes, go on' }).click();
  await patient.getByRole('button', { name: 'Play two notes' }).click();
  await patient.getByRole('button', { name: 'I heard it' }).click();
  // A busy machine may answer late, which the page says; whoever reads that looks again.
  await expect(async () => {
    const good = patient.getByText('Connection ok.');
    await expect(good.or(patient.getByText('Connection slow')).first()).toBeVisible();
    if (!(await good.isVisible())) await patient.getByRole('button', { name: 'Try again' }).click();
    await expect(good).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
  expect(await axe(patient)).toEqual([]);
  await bothWidths(patient, 'device-test-connection');
  await patient.getByRole('button', { name: 'Go on' }).click();
  await expect(patient.getByText('Connection ok.')).toBeVisible();
  await expect(patient.getByRole('listitem').filter({ hasText: 'Camera ok' })).toBeVisible();
  await bothWidths(patient, 'device-test-result');
  await patient.getByRole('link', { name: 'Done' }).click();
  await expect(patient).toHaveURL(/\/my$/);
});

test('a therapist has the same test, the desk has none', async ({ as, watch }) => {
  watch.allow(/status of 404/);
  const therapist = await as('therapist');
  await therapist.goto('/room/test');
  await expect(therapist.getByRole('heading', { name: 'Can you see yourself?' })).toBeVisible();
  const desk = await as('liaison');
  expect((await desk.goto('/room/test'))!.status()).toBe(404);
});

test('a foreign and an absent room are not found, and look alike', async ({ as, watch }) => {
  watch.allow(/status of 404/);
  const guardian = await as('guardian');
  await guardian.goto('/my');
  const theirs = await guardian.locator('a[href^="/my/visits/"]').first().getAttribute('href');
  const patient = await as('patient');
  const page = async (address: string) => {
    const answer = await patient.goto(address);
    return { status: answer!.status(), text: await patient.locator('main').innerText() };
  };
  const absent = await page('/room/00000000-0000-7000-8000-000000000000');
  expect(absent.status).toBe(404);
  expect(await page('/room/nonsense')).toEqual(absent);
  expect(await page(theirs!.replace('/my/visits/', '/room/'))).toEqual(absent);
});
