// Two liaisons at one desk: one person has an item, the other sees who and when, and nobody decides twice.
import { inState, plantColleague, plantRequests } from '../../pages/desk';
import { test, expect, hydrated, picture } from '../../pages/house';

test('the second liaison sees what the first one did, and keeps their words', async ({ as }) => {
  plantColleague();
  const [id] = plantRequests(1);
  const [lia, leo] = [await as('liaison'), await as('colleague')];
  for (const page of [lia, leo]) {
    await page.goto(`/desk/queue/request-${id}`);
    await hydrated(page);
  }
  await leo.getByText(/^Decline/).first().click();
  await leo.getByLabel('Words to the patient').fill('Please call us first.');
  await leo.getByLabel('Reason', { exact: true }).selectOption('other');

  await lia.keyboard.press('t');
  await expect(lia.getByText(/Taken by you/)).toBeVisible();
  await leo.getByRole('button', { name: 'Decline the request' }).click();
  await expect(leo.getByText(/A colleague works on this/).first()).toBeVisible();
  await expect(leo.getByText(/Taken by Lia/)).toBeVisible();
  await expect(leo.getByText('Please call us first.'), 'what Leo typed is kept').toBeVisible();
  await picture(leo, 'desk-taken-by-other');
  expect(inState([id!], 'pending')).toBe(1);

  await lia.getByRole('button', { name: /^Approve/ }).click();
  await expect.poll(() => inState([id!], 'approved')).toBe(1);
  await leo.reload();
  await expect(leo.getByText(/By Lia/)).toBeVisible();
  await expect(leo.getByRole('button', { name: /^Approve/ })).toHaveCount(0);
});
