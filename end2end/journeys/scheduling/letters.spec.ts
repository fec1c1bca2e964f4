// What the house writes: asked, confirmed, with an entry for the calendar; its link leads to the visit after signing in.
import { test, expect, hydrated, picture, fits, type Page } from '../../pages/house';
import { axe } from '../../pages/axe';
import { newsLeaves } from '../../pages/clinic';
import { inState } from '../../pages/desk';
import { aTime } from '../../pages/times';
import { bothWidths } from '../../pages/wide_and_narrow';
import { PASSWORD, PEOPLE } from '../../pages/people';
import { sql } from '../../pages/database';

/** Opens the newest letter to somebody about something (an id that its link holds), once it has been sent. */
async function letter(page: Page, to: string, subject: RegExp, about: string): Promise<void> {
  await expect(async () => {
    await page.goto('/dev/mail');
    const candidates = page.getByRole('listitem').filter({ hasText: to }).getByRole('link', { name: subject });
    const addresses = await candidates.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
    for (const address of addresses.slice(0, 8)) {
      await page.goto(address);
      if ((await page.locator('main').innerText()).includes(about)) return;
    }
    throw new Error(`no letter ${subject} to ${to} yet`);
  }).toPass({ timeout: 30_000 });
}

test('a request is answered by letters that say when and nothing else', async ({ as, page, browser, baseURL, watch }) => {
  // The letter's own page may run nothing, the test's hand included; and a foreign visit is a 404.
  watch.allow(/Blocked script execution in '[^']*\/dev\/mail\/[^']*\/html'/);
  watch.allow(/status of 404/);
  test.setTimeout(150_000);
  const patient = await as('patient');
  await patient.goto('/my/find');
  await hydrated(patient);
  await aTime(patient).click();
  await expect(patient).toHaveURL(/\/my\/book\//);
  await hydrated(patient);
  await patient.getByLabel(/Why do you want this visit/).fill('I sleep badly since we moved.');
  await patient.getByRole('button', { name: 'Send request' }).click();
  await expect(patient).toHaveURL(/\/my\/requests\//);
  const request = new URL(patient.url()).pathname.split('/').pop()!;

  await letter(page, PEOPLE.patient.email, /^Requested: /, request);
  await expect(page.getByText('It is not confirmed yet')).toBeVisible();
  await expect(page.getByText('sleep')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: /^Calendar/ }), 'what is only asked stands in no calendar').toHaveCount(0);
  expect(await axe(page)).toEqual([]);
  await fits(page);
  await bothWidths(page, 'mail-requested');

  const desk = await as('liaison');
  await desk.goto(`/desk/queue/request-${request}`);
  await hydrated(desk);
  await desk.getByRole('button', { name: /Approve/ }).click();
  await expect.poll(() => inState([request], 'approved')).toBe(1);
  const visit = sql(`SELECT visit_id FROM scheduling.booking_request WHERE id = '${request}'`);
  newsLeaves();

  await letter(page, PEOPLE.patient.email, /^Confirmed: /, visit);
  await expect(page.getByRole('heading', { name: 'Calendar: REQUEST' })).toBeVisible();
  const entry = page.locator('section', { hasText: 'Calendar: REQUEST' }).locator('pre');
  await expect(entry).toContainText(`UID:${visit}`);
  await expect(entry).toContainText('SEQUENCE:0');
  await expect(entry).toContainText('SUMMARY:Visit');
  await bothWidths(page, 'mail-confirmed');

  // Its HTML is a document of its own that may do nothing.
  const [document] = await Promise.all([
    page.waitForResponse(/\/html$/),
    page.getByRole('link', { name: 'Open as its own page' }).click(),
  ]);
  expect(document.headers()['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
  await expect(page.getByRole('heading', { level: 1, name: /^Confirmed: / })).toBeVisible();

  // The link needs a sign-in, and leads to the page of whoever signs in.
  const stranger = await (await browser.newContext({ baseURL })).newPage();
  await stranger.goto(`/v/${visit}`);
  await expect(stranger).toHaveURL(new RegExp(`/sign-in\\?next=/v/${visit}$`));
  await stranger.getByLabel('E-mail').fill(PEOPLE.patient.email);
  await stranger.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await expect(stranger).toHaveURL(new RegExp(`/my/visits/${visit}$`));
  await stranger.context().close();
  const neighbour = await as('neighbour');
  expect((await neighbour.goto(`/v/${visit}`))?.status(), 'a foreign visit is an absent one').toBe(404);
});

for (const script of [true, false]) {
  test(`letters are chosen with script ${script ? 'on' : 'off'}`, async ({ as }) => {
    const patient = await as('patient', { javaScriptEnabled: script });
    await patient.goto('/my/account');
    if (script) await hydrated(patient);
    await patient.getByRole('link', { name: 'Choose your letters' }).click();
    await expect(patient).toHaveURL(/\/my\/account\/letters$/);
    await expect(patient.getByText('A visit is confirmed')).toBeVisible();
    if (script) {
      expect(await axe(patient)).toEqual([]);
      await fits(patient);
      await picture(patient, 'letters');
    }
    await patient.getByLabel('We have your request').uncheck();
    await patient.getByLabel('1 hour before', { exact: true }).check();
    await patient.getByRole('button', { name: 'Save' }).click();
    await expect(patient).toHaveURL(/\/my\/account\/letters\?saved=1$/);
    await expect(patient.getByText('Saved.')).toBeVisible();
    await expect(patient.getByLabel('We have your request')).not.toBeChecked();
    await expect(patient.getByLabel('1 hour before', { exact: true })).toBeChecked();
    // Back to what the other journeys stand on, on a page that does not say "Saved." yet.
    await patient.goto('/my/account/letters');
    if (script) await hydrated(patient);
    await patient.getByLabel('We have your request').check();
    await patient.getByLabel('24 hours and 1 hour before', { exact: true }).check();
    await patient.getByRole('button', { name: 'Save' }).click();
    await expect(patient.getByText('Saved.')).toBeVisible();
    await expect(patient.getByLabel('We have your request')).toBeChecked();
  });
}

test('letters are chosen with the keyboard alone', async ({ as }) => {
  const therapist = await as('therapist');
  await therapist.goto('/care/account/letters');
  await hydrated(therapist);
  await therapist.getByLabel('You have a new visit').focus();
  await therapist.keyboard.press('Space');
  await therapist.getByLabel('None').focus();
  await therapist.keyboard.press('ArrowDown');
  await therapist.getByRole('button', { name: 'Save' }).focus();
  await therapist.keyboard.press('Enter');
  await expect(therapist.getByText('Saved.')).toBeVisible();
  await expect(therapist.getByLabel('You have a new visit')).not.toBeChecked();
  await expect(therapist.getByLabel('24 hours before')).toBeChecked();
  await therapist.goto('/care/account/letters');
  await hydrated(therapist);
  await therapist.getByLabel('You have a new visit').check();
  await therapist.getByLabel('None').check();
  await therapist.getByRole('button', { name: 'Save' }).click();
  await expect(therapist.getByText('Saved.')).toBeVisible();
  await expect(therapist.getByLabel('None')).toBeChecked();
});
