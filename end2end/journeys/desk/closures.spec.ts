// Days on which the clinic is shut: entered and taken back, without script too.
import { axe } from '../../pages/axe';
import { test, expect, hydrated } from '../../pages/house';
import { bothWidths } from '../../pages/wide_and_narrow';

/** A day so many days from now, as a form has it. */
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

for (const javaScriptEnabled of [true, false]) {
  test(`the desk shuts the clinic and opens it again, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({ as }) => {
    const desk = await as('liaison', { javaScriptEnabled });
    await desk.goto('/desk/closures');
    if (javaScriptEnabled) await hydrated(desk);
    const reason = `Inventory ${Date.now()}`;
    await desk.getByLabel('First day').fill(day(300));
    await desk.getByLabel('Last day').fill(day(299));
    await desk.getByLabel('Reason').fill(reason);
    await desk.getByRole('button', { name: 'Close these days' }).click();
    await expect(desk.getByRole('alert').first()).toContainText('The end must be later than the start.');
    await desk.getByLabel('First day').fill(day(300));
    await desk.getByLabel('Last day').fill(day(301));
    await desk.getByLabel('Reason').fill(reason);
    await desk.getByRole('button', { name: 'Close these days' }).click();
    const line = desk.locator('li', { hasText: reason });
    await expect(line).toBeVisible();
    if (javaScriptEnabled) {
      expect(await axe(desk)).toEqual([]);
      await bothWidths(desk, 'desk-closures');
    }
    await line.getByRole('button', { name: /^Open again on / }).click();
    await expect(line).toHaveCount(0);
  });
}

test('an administrator has the same page', async ({ as }) => {
  const admin = await as('admin');
  await admin.goto('/admin/closures');
  await hydrated(admin);
  await expect(admin.getByRole('heading', { level: 1, name: 'Closures' })).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Close these days' })).toBeVisible();
});
