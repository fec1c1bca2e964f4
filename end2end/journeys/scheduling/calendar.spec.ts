// Calendars in any window: a day as an agenda, a month, weeks without script, and followed from elsewhere. Moving by hand: wide/.
import { test, expect, fits, hydrated, picture } from '../../pages/house';
import { axe } from '../../pages/axe';
import { block, planted, plantedDay, removed } from '../../pages/calendar';
import { NARROW } from '../../pages/wide_and_narrow';

test('a narrow window shows an agenda: a tap looks, a second one opens, and moving is a page', async ({ as }) => {
  const visit = planted('Ana', 'tess', '10:00');
  try {
    const tess = await as('therapist', NARROW);
    await tess.goto(`/care/calendar?on=${plantedDay()}`);
    await hydrated(tess);
    const ana = block(tess, visit);
    await expect(ana).toContainText('10:00 to 10:45');
    expect(await axe(tess)).toEqual([]);
    await fits(tess);
    await picture(tess, 'calendar-agenda');
    await ana.getByRole('link').tap();
    const preview = tess.getByRole('region', { name: 'Preview' });
    await expect(preview).toContainText('Ana');
    await expect(preview.getByRole('button', { name: 'Move' }), 'there is nowhere to put it down').toBeHidden();
    await ana.getByRole('link').tap();
    await expect(tess).toHaveURL(new RegExp(`/care/visits/${visit}$`));
    await tess.getByRole('link', { name: 'Move' }).click();
    await expect(tess.getByRole('heading', { level: 1 })).toHaveText('Move this visit');
  } finally {
    removed(visit);
  }
});

test('a month says what its days hold and leads to them', async ({ as }) => {
  const visit = planted('Ana', 'tess', '10:00');
  try {
    const tess = await as('therapist');
    await tess.goto(`/care/calendar?view=month&on=${plantedDay()}`);
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
