// All visits: a search that leaves no name in the address, a kept view, chosen columns, a file with a reason.
import { readFileSync } from 'node:fs';
import { axe } from '../../pages/axe';
import { test, expect, hydrated } from '../../pages/house';
import { bothWidths } from '../../pages/wide_and_narrow';

test('a person is found without their name in the address', async ({ as }) => {
  const desk = await as('liaison');
  await desk.goto('/desk/visits');
  await hydrated(desk);
  expect(await axe(desk)).toEqual([]);
  await bothWidths(desk, 'desk-visits');
  await desk.getByLabel('Name, birth date or phone').fill('Ana Alvarez');
  await desk.getByRole('button', { name: 'Search' }).click();
  await expect(desk.getByText('Visits of Ana Alvarez.')).toBeVisible();
  expect(desk.url()).toMatch(/\/desk\/visits\?find=[0-9a-f-]{36}$/);
  await desk.getByRole('table').getByRole('link').first().click();
  await expect(desk).toHaveURL(/\/desk\/visits\/[0-9a-f-]{36}$/);
  await expect(desk.getByRole('heading', { level: 1 })).toContainText('Ana Alvarez');
});

test('a view and columns are kept, and the file says what the page says', async ({ as }) => {
  const desk = await as('liaison');
  await desk.goto('/desk/visits?from=2000-01-01&state=completed');
  await hydrated(desk);
  const name = `Done ${Date.now()}`;
  await desk.getByText('Keep these filters').click();
  await desk.getByLabel('Name of the view').fill(name);
  await desk.getByRole('button', { name: 'Keep', exact: true }).click();
  const view = desk.getByRole('link', { name });
  await expect(view).toHaveAttribute('href', '/desk/visits?from=2000-01-01&state=completed');

  await desk.getByText('Columns', { exact: true }).click();
  await desk.getByLabel('Expected').check();
  await desk.getByRole('button', { name: 'Show these' }).click();
  // A narrow window has no head of columns: each cell says what it is.
  const column = desk
    .getByRole('columnheader', { name: 'Expected' })
    .or(desk.getByRole('cell', { name: /^Expected/ }))
    .first();
  await expect(column).toBeVisible();
  await desk.reload();
  await expect(column).toBeVisible();
  await hydrated(desk);

  await desk.getByText('Save as a file').click();
  await desk.getByLabel('Why do you need the file?').fill('monthly report');
  const download = desk.waitForEvent('download');
  await desk.getByRole('button', { name: 'Save as CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('visits.csv');
  const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
  expect(lines[0]).toContain('"Expected"');
  expect(lines.slice(1).every((line) => line.includes('"Completed"'))).toBe(true);

  await desk.getByText('Keep these filters').click();
  await desk.getByRole('button', { name: `Forget ${name}` }).click();
  await expect(view).toHaveCount(0);
});
