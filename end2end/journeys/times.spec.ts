// A time is one person's: two who want it, and one who took too long to say why.
import { test, expect, fits, hydrated, picture, type Page } from '../pages/house';
import { axe } from '../pages/axe';
import { endHold } from '../pages/clinic';

/** New words each time: what was typed for a time that ran out is offered again, and words that are there need no saving. */
const words = () => `I sleep badly since we moved, since ${Date.now()}.`;

const why = (page: Page) => page.getByLabel(/Why do you want this visit/);
const starts = (page: Page) => page.locator('.times-grid button[name="starts"]');
const hold = (page: Page) => new URL(page.url()).pathname.split('/').pop()!;

/** The times of Tess, and the page's own words for them. */
async function timesOfTess(page: Page): Promise<string> {
  await page.goto('/my/find');
  await page.getByRole('link', { name: 'All times of Tess Moreno' }).click();
  await expect(page).toHaveURL(/\/my\/find\/[0-9a-f-]{36}/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tess Moreno');
  await toAMonthWithTimes(page);
  await expect(starts(page).first()).toBeVisible();
  await hydrated(page);
  return page.url();
}

/** On the last days of a month it may have no times any more: the page says so and leads on. */
async function toAMonthWithTimes(page: Page): Promise<void> {
  const on = page.getByRole('link', { name: 'Go there' });
  await expect(starts(page).or(on).first()).toBeVisible();
  if (await on.isVisible()) await on.click();
}

/** On a telephone the wishes are a sheet behind the answers. */
async function openWishes(page: Page): Promise<void> {
  const sheet = page.getByText('Change wishes');
  if (await sheet.isVisible() && !(await page.locator('details.wishes[open]').count())) await sheet.click();
}

const valuesOf = (page: Page) => starts(page).evaluateAll((all) => all.map((button) => (button as HTMLButtonElement).value));

async function take(page: Page, value: string): Promise<void> {
  await page.locator(`.times-grid button[name="starts"][value="${value}"]`).click();
}

async function letGo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Let go' }).click();
  await expect(page).not.toHaveURL(/\/my\/book\//);
}

test('two people want one time: one gets it, the other chooses among the next ones', async ({ as }) => {
  test.setTimeout(120_000);
  const [ana, noah] = [await as('patient'), await as('neighbour')];
  await timesOfTess(ana);
  await timesOfTess(noah);
  const offeredToNoah = await valuesOf(noah);
  const wanted = (await valuesOf(ana)).filter((value) => offeredToNoah.includes(value)).at(-1)!;

  await take(noah, wanted);
  await expect(noah).toHaveURL(/\/my\/book\//);

  await take(ana, wanted);
  await expect(ana.getByRole('alert').filter({ hasText: 'This time was taken a moment ago' })).toBeVisible();
  const free = ana.getByRole('region', { name: /Free now, nearest/ }).getByRole('button');
  await expect(free.first()).toBeVisible();
  expect(await free.evaluateAll((all) => all.map((one) => (one as HTMLButtonElement).value))).not.toContain(wanted);
  expect(await valuesOf(ana), 'the lost time is no longer offered').not.toContain(wanted);
  expect(await axe(ana)).toEqual([]);
  await fits(ana);
  await picture(ana, 'time-taken');
  await free.first().click();
  await expect(ana).toHaveURL(/\/my\/book\//);

  await hydrated(ana);
  await letGo(ana);
  await hydrated(noah);
  await letGo(noah);
});

test('a time that is over says so, and is taken again with everything typed', async ({ as }) => {
  const typed = words();
  const ana = await as('patient');
  await timesOfTess(ana);
  await take(ana, (await valuesOf(ana)).at(-1)!);
  await expect(ana).toHaveURL(/\/my\/book\//);
  await hydrated(ana);
  await why(ana).fill(typed);
  await expect(ana.getByText('Saved.')).toBeVisible();

  const first = hold(ana);
  endHold(first);
  await ana.getByRole('button', { name: 'Send request' }).click();
  await expect(ana.getByText(/is no longer kept for you. Your answers are saved./)).toBeVisible();
  await expect(ana.getByText(/is still free: take it again/)).toBeVisible();
  await expect(why(ana), 'nothing typed is lost').toHaveValue(typed);
  expect(await axe(ana)).toEqual([]);
  await fits(ana);
  await picture(ana, 'time-over');

  await ana.getByRole('button', { name: /^Take .* again$/ }).click();
  await expect(ana).toHaveURL((url) => url.pathname.startsWith('/my/book/') && !url.pathname.endsWith(first));
  await expect(why(ana)).toHaveValue(typed);
  await expect(ana.getByRole('button', { name: 'Send request' })).toBeVisible();
  await ana.reload();
  await expect(why(ana), 'the new time has it too').toHaveValue(typed);
  await hydrated(ana);
  await letGo(ana);
});

test('the countdown ends while the page is open', async ({ as }) => {
  const typed = words();
  const ana = await as('patient');
  await timesOfTess(ana);
  await take(ana, (await valuesOf(ana)).at(-1)!);
  await expect(ana).toHaveURL(/\/my\/book\//);
  // From here on this page's clock is ours; the server's is the database.
  await ana.clock.install();
  await ana.reload();
  await hydrated(ana);
  await why(ana).fill(typed);
  endHold(hold(ana));
  await ana.clock.fastForward('05:30');
  await expect(ana.getByText(/is still free: take it again/)).toBeVisible();
  await expect(why(ana)).toHaveValue(typed);
});

test('a time that ran out and was given away: the typed text goes along to the next one', async ({ as }) => {
  test.setTimeout(120_000);
  const typed = words();
  const [ana, noah] = [await as('patient'), await as('neighbour')];
  await timesOfTess(ana);
  const wanted = (await valuesOf(ana)).at(-1)!;
  await take(ana, wanted);
  await expect(ana).toHaveURL(/\/my\/book\//);
  await hydrated(ana);
  await why(ana).fill(typed);
  await expect(ana.getByText('Saved.')).toBeVisible();

  endHold(hold(ana));
  await timesOfTess(noah);
  await take(noah, wanted);
  await expect(noah).toHaveURL(/\/my\/book\//);

  await ana.getByRole('button', { name: 'Send request' }).click();
  await expect(ana.getByText(/was taken. These times are free now./)).toBeVisible();
  await expect(why(ana)).toHaveValue(typed);
  await fits(ana);
  await picture(ana, 'time-given-away');
  const lost = hold(ana);
  await ana.locator('.times button[name="starts"]').first().click();
  await expect(ana).toHaveURL((url) => url.pathname.startsWith('/my/book/') && !url.pathname.endsWith(lost));
  await expect(ana.getByRole('button', { name: 'Send request' })).toBeVisible();
  await expect(why(ana), 'the next time has what was typed for the lost one').toHaveValue(typed);
  await ana.reload();
  await expect(why(ana), 'on the server, too').toHaveValue(typed);
  await hydrated(ana);
  await letGo(ana);
  await hydrated(noah);
  await letGo(noah);
});

test('wishes narrow the search, say why somebody fits, and are dropped by one press', async ({ as }) => {
  const ana = await as('patient');
  await ana.goto('/my/find');
  await hydrated(ana);
  const found = ana.getByRole('region', { name: 'Therapists' });
  await openWishes(ana);
  await ana.getByText('More wishes').click();
  await ana.getByLabel('Insurance').selectOption({ label: 'Medicare' });
  await expect(ana).toHaveURL(/insurer=medicare/);
  await expect(found.getByText(/Why: .*takes Medicare/)).toBeVisible();
  await expect(found.getByRole('link', { name: 'Tess Moreno', exact: true })).toHaveCount(0);
  await openWishes(ana);
  await expect(ana.getByLabel('Insurance'), 'what is asked stays in view').toBeVisible();
  expect(await axe(ana)).toEqual([]);
  await fits(ana);
  await picture(ana, 'find-wishes');

  await ana.goto('/my/find?insurer=medicare&gender=man');
  await expect(ana.getByText(/Nobody fits all your wishes. Without the gender there is 1/)).toBeVisible();
  await ana.getByRole('link', { name: 'Show the 1' }).click();
  await expect(found.getByText(/takes Medicare/)).toBeVisible();
});

test('the days with times of anybody lead to a time, without JavaScript too', async ({ as }) => {
  const ana = await as('patient', { javaScriptEnabled: false });
  await ana.goto('/my/find');
  await ana.getByRole('link', { name: 'Days with times' }).click();
  await expect(ana).toHaveURL(/\/my\/find\/any/);
  await expect(ana.getByRole('heading', { level: 1 })).toHaveText('Days with times');
  await expect(ana.getByText('Chicago (Central)').first()).toBeVisible();
  await toAMonthWithTimes(ana);
  const days = ana.locator('.month a.day');
  await days.last().click();
  await expect(ana).toHaveURL(/on=\d{4}-\d{2}-\d{2}/);
  await expect(ana.locator('.month a.day[aria-current]')).toHaveCount(1);
  await picture(ana, 'find-days');
  await starts(ana).first().click();
  await expect(ana).toHaveURL(/\/my\/book\//);
  await letGo(ana);
});

test('how a therapist is found is theirs to say', async ({ as }) => {
  const tess = await as('therapist');
  await tess.goto('/care/availability');
  await hydrated(tess);
  const form = tess.locator('section.section', { has: tess.getByRole('heading', { name: 'How patients find you' }) });
  const cigna = form.getByRole('checkbox', { name: 'Cigna' });
  await expect(cigna).not.toBeChecked();
  await cigna.check();
  await form.getByRole('button', { name: 'Save how you are found' }).click();
  await expect(tess.getByText('Saved. Patients see these hours now.')).toBeVisible();
  const ana = await as('patient');
  await ana.goto('/my/find?insurer=cigna');
  await expect(ana.getByRole('region', { name: 'Therapists' }).getByText(/takes Cigna/)).toBeVisible();
  // As it was, for whoever comes next.
  await tess.reload();
  await hydrated(tess);
  await expect(cigna).toBeChecked();
  await cigna.uncheck();
  await form.getByRole('button', { name: 'Save how you are found' }).click();
  await expect(tess.getByText('Saved. Patients see these hours now.')).toBeVisible();
});
