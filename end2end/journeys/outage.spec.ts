// The database goes away while somebody types: the page says so, keeps the text, and goes on when it is back.
import { test, expect, fits, hydrated, picture } from '../pages/house';
import { axe } from '../pages/axe';
import { Outage, sql } from '../pages/database';
import { aTime } from '../pages/times';

test.beforeEach(({ watch }) => watch.allow(/\b503\b/));

test('what is saved while it is typed is saved by itself once the database is back', async ({ as, request }) => {
  test.setTimeout(120_000);
  const patient = await as('patient');
  const outage = new Outage(request);
  await patient.goto('/my/find');
  await hydrated(patient);
  await aTime(patient).click();
  await expect(patient).toHaveURL(/\/my\/book\//);
  await hydrated(patient);
  const why = patient.getByLabel(/Why do you want this visit/);
  await why.fill('Before the outage.');
  await expect(patient.getByText('Saved.')).toBeVisible();

  try {
    await outage.stop();
    await why.fill('Before the outage, and after it.');
    await expect(patient.getByText('Saving failed, your text is kept on this page. We try again.')).toBeVisible({ timeout: 20_000 });
    await expect(why).toHaveValue('Before the outage, and after it.');
    expect(await axe(patient)).toEqual([]);
    await fits(patient);
    await picture(patient, 'saving-failed');
  } finally {
    await outage.start();
  }

  // Nobody presses anything.
  await expect(patient.getByText('Saved.')).toBeVisible({ timeout: 15_000 });
  await patient.reload();
  await expect(why).toHaveValue('Before the outage, and after it.');
  await hydrated(patient);
  await patient.getByRole('button', { name: 'Let go' }).click();
  await expect(patient).not.toHaveURL(/\/my\/book\//);
});

test('a summary that cannot be saved stays in its field and is saved by the next press', async ({ as, request }) => {
  test.setTimeout(120_000);
  const therapist = await as('therapist');
  const outage = new Outage(request);
  // A visit of last week that nobody confirmed yet.
  const visit = sql(`UPDATE scheduling.visit SET state = 'ended', confirmed_at = NULL WHERE id =
    (SELECT v.id FROM scheduling.visit v JOIN identity.account a ON a.id = v.therapist_id AND a.email = 'tess@demo.example'
     JOIN people.patient p ON p.id = v.patient_id AND p.given_name = 'Ana'
     WHERE v.ends_at < now() AND v.state <> 'cancelled' ORDER BY v.ends_at DESC LIMIT 1) RETURNING id`);
  await therapist.goto(`/care/visits/${visit}/after`);
  await hydrated(therapist);
  await therapist.getByRole('radio', { name: /took place/i }).first().check();
  const summary = therapist.getByLabel(/Short summary/);
  // Words of this run: what the other width confirmed here is no draft.
  const words = `Four calm evenings. Next: the hour before sleep, on a ${test.info().project.name}.`;
  await summary.fill(words);
  const confirm = therapist.getByRole('button', { name: /Confirm visit|Save the correction/ });
  await expect(therapist.getByText('Draft saved.')).toBeVisible();
  await therapist.reload();
  await expect(summary, 'a draft outlives the page').toHaveValue(words);
  await expect(therapist.getByText('Your draft from before.')).toBeVisible();
  await hydrated(therapist);
  await therapist.getByRole('radio', { name: /took place/i }).first().check();

  try {
    await outage.stop();
    await confirm.click();
    await expect(therapist.getByRole('alert').filter({ hasText: 'Saving failed, your text is kept.' })).toBeVisible({ timeout: 20_000 });
    await expect(summary).toHaveValue(words);
    await expect(therapist.getByRole('radio', { name: /took place/i }).first()).toBeChecked();
    await fits(therapist);
    await picture(therapist, 'summary-not-saved');
  } finally {
    await outage.start();
  }

  await confirm.click();
  await expect(therapist).not.toHaveURL(/\/after$/);
  await expect(therapist.getByText('Four calm evenings.').first()).toBeVisible();
});
