// Calendars: moved by mouse and by keys, taken back, refused; leafed through without script; followed from elsewhere.
import { test, expect, fits, hydrated, picture } from '../pages/house';
import { axe } from '../pages/axe';
import { block, drag, nextTuesday, planted, removed } from '../pages/calendar';

test.describe('a therapist moves visits', () => {
  test.skip(({ isMobile }) => Boolean(isMobile), 'a narrow window shows an agenda: nothing is dragged there');
  let visits: string[] = [];
  test.beforeEach(() => {
    visits = [planted('Ana', 'tess', '10:00'), planted('Noah', 'tess', '14:00')];
  });
  test.afterEach(() => removed(...visits));

  test('by mouse, takes it back, and a refused one returns to its place', async ({ as }) => {
    const tess = await as('therapist');
    await tess.goto(`/care/calendar?view=day&on=${nextTuesday()}`);
    await hydrated(tess);
    const ana = block(tess, visits[0]!);
    await expect(ana).toContainText('10:00 to 10:45');
    await drag(tess, ana, 4);
    await expect(ana).toContainText('11:00 to 11:45');
    await expect(tess.getByText('is moved, and told of it.')).toBeVisible();
    await picture(tess, 'calendar-moved');
    await tess.getByRole('button', { name: 'Undo' }).click();
    await expect(ana).toContainText('10:00 to 10:45');

    await drag(tess, ana, 15);
    await expect(tess.getByRole('alert').filter({ hasText: 'stays where it was' })).toBeVisible();
    await expect(ana).toContainText('10:00 to 10:45');
    await expect(ana).toHaveAttribute('data-state', 'refused');
    expect(await axe(tess)).toEqual([]);
    await picture(tess, 'calendar-refused');
  });

  test('with the keyboard alone', async ({ as }) => {
    const tess = await as('therapist');
    await tess.goto(`/care/calendar?on=${nextTuesday()}`);
    await hydrated(tess);
    const ana = block(tess, visits[0]!);
    await ana.getByRole('link').focus();
    await expect(tess.getByRole('region', { name: 'Preview' })).toContainText('Ana');
    await tess.keyboard.press('ArrowDown');
    await expect(block(tess, visits[1]!).getByRole('link')).toBeFocused();
    await tess.keyboard.press('ArrowUp');
    await tess.keyboard.press('m');
    await expect(tess.getByRole('status').filter({ hasText: 'Moving' })).toBeAttached();
    await tess.keyboard.press('ArrowDown');
    await tess.keyboard.press('Escape');
    await expect(ana).toContainText('10:00 to 10:45');
    await tess.keyboard.press('m');
    await tess.keyboard.press('ArrowDown');
    await tess.keyboard.press('ArrowDown');
    await tess.keyboard.press('Enter');
    await expect(ana).toContainText('10:30 to 11:15');
    await expect(ana.getByRole('link'), 'the focus goes along').toBeFocused();
    await tess.keyboard.press('u');
    await expect(ana).toContainText('10:00 to 10:45');
    await tess.keyboard.press('Enter');
    await expect(tess).toHaveURL(new RegExp(`/care/visits/${visits[0]}$`));
  });

  test('the desk sees therapists side by side and filters', async ({ as }) => {
    const lia = await as('liaison');
    await lia.goto(`/desk/calendar?on=${nextTuesday()}`);
    await hydrated(lia);
    await expect(block(lia, visits[0]!)).toBeVisible();
    expect(await lia.locator('.time-grid-column').count()).toBeGreaterThan(1);
    expect(await axe(lia)).toEqual([]);
    await fits(lia);
    await picture(lia, 'desk-calendar');
    await lia.getByLabel('State').selectOption('cancelled');
    await lia.getByRole('button', { name: 'Show' }).click();
    await expect(lia).toHaveURL(/state=cancelled/);
    await expect(block(lia, visits[0]!)).toHaveCount(0);
  });
});

test('a month says what its days hold and leads to them', async ({ as }) => {
  const visit = planted('Ana', 'tess', '10:00');
  try {
    const tess = await as('therapist');
    await tess.goto(`/care/calendar?view=month&on=${nextTuesday()}`);
    const day = tess.getByRole('link', { name: /, 1 visit|, \d+ visits/ }).first();
    await expect(day).toBeVisible();
    expect(await axe(tess)).toEqual([]);
    await fits(tess);
    await picture(tess, 'calendar-month');
    await day.click();
    await expect(tess).toHaveURL(/view=day/);
    await expect(tess.locator('.time-grid-block').first()).toBeVisible();
  } finally {
    removed(visit);
  }
});

test('a family leafs through weeks and months without script', async ({ as }) => {
  const ana = await as('patient', { javaScriptEnabled: false });
  await ana.goto('/my/calendar');
  await ana.getByRole('link', { name: 'Week' }).click();
  await expect(ana).toHaveURL(/view=week/);
  const before = ana.url();
  await ana.getByRole('link', { name: 'The week after' }).click();
  await expect(ana).not.toHaveURL(before);
  await ana.getByRole('link', { name: 'Today' }).click();
  await expect(ana.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await ana.getByRole('link', { name: 'Month' }).click();
  await expect(ana.getByRole('table')).toBeVisible();
  await fits(ana);
  await picture(ana, 'my-calendar-month');
});

test('another calendar follows by a link, until the link ends', async ({ as, playwright, baseURL }) => {
  const ana = await as('patient');
  await ana.goto('/my/account/feed');
  await ana.getByRole('button', { name: /^Make a/ }).click();
  const path = (await ana.locator('a.feed-link').getAttribute('href'))!;
  await picture(ana, 'calendar-link');
  const elsewhere = await playwright.request.newContext({ baseURL });
  const followed = await elsewhere.get(path);
  expect(followed.status()).toBe(200);
  expect(followed.headers()['cache-control']).toContain('private');
  const text = await followed.text();
  expect(text).toContain('BEGIN:VCALENDAR');
  expect(text).not.toMatch(/Ana|Tess|Therapy/);
  await ana.getByRole('button', { name: 'End the link' }).click();
  await expect(ana.getByRole('button', { name: 'Make a link' })).toBeVisible();
  expect((await elsewhere.get(path)).status()).toBe(404);
  await elsewhere.dispose();
});
