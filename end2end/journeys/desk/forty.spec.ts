// Forty requests are decided in minutes: many at once after a preview, the rest one by one with the keyboard alone.
import { axe } from '../../pages/axe';
import { counter, inState, lastDecided, plantRequests, shownRequest } from '../../pages/desk';
import { test, expect, hydrated, picture } from '../../pages/house';
import { bothWidths } from '../../pages/wide_and_narrow';

test('forty requests are decided, thirty at once and ten by keyboard', async ({ as }) => {
  test.setTimeout(240_000);
  const planted = plantRequests(40);
  expect(planted).toHaveLength(40);
  const desk = await as('liaison');
  await desk.goto('/desk?kind=request');
  await hydrated(desk);
  expect(await counter(desk, 'Open')).toBeGreaterThanOrEqual(40);
  expect(await axe(desk)).toEqual([]);
  await bothWidths(desk, 'desk-queue');

  // Thirty: the first row, then Shift and x on the thirtieth of those that were planted.
  const rows = await desk.locator('.queue-tick').evaluateAll((ticks) => ticks.map((tick) => (tick as HTMLInputElement).value));
  const wanted = rows.filter((row) => planted.some((id) => row === `request-${id}`)).slice(0, 30);
  expect(wanted).toHaveLength(30);
  for (const item of wanted) await desk.locator(`.queue-tick[value="${item}"]`).check();
  await desk.keyboard.press('b');
  await desk.getByLabel('With the selected').selectOption('approve');
  await desk.getByRole('button', { name: 'See what will happen' }).click();
  await expect(desk).toHaveURL(/\/desk\/bulk\?/);
  await hydrated(desk);
  await expect(desk.getByText('30 of 30 can be done now.')).toBeVisible({ timeout: 30_000 });
  expect(await axe(desk)).toEqual([]);
  await picture(desk, 'desk-bulk-preview');
  await desk.keyboard.press('a');
  await desk.keyboard.press('Enter');
  await expect(desk.getByText('30 of 30 done.')).toBeVisible({ timeout: 60_000 });
  await expect(desk.getByText('30 of these are decided; nothing is left to do.')).toBeVisible();
  await picture(desk, 'desk-bulk-done');
  expect(inState(planted, 'approved')).toBe(30);

  // The other ten: open, a, Enter; the decision leads on to the next row by itself.
  const rest = planted.filter((id) => !wanted.includes(`request-${id}`));
  await desk.goto(`/desk/queue/request-${rest[0]}?kind=request`);
  await hydrated(desk);
  await picture(desk, 'desk-item');
  for (const id of rest) {
    if (!desk.url().includes(id)) await desk.goto(`/desk/queue/request-${id}?kind=request`);
    await hydrated(desk);
    const approve = desk.getByRole('button', { name: /^Approve/ });
    await expect(approve).toBeVisible();
    // The address is ahead of the page for a moment; a person looks before deciding.
    await expect(shownRequest(desk)).toHaveValue(id);
    await desk.keyboard.press('a');
    await expect(approve).toBeFocused();
    await desk.keyboard.press('Enter');
    await expect(desk).not.toHaveURL(new RegExp(id));
  }
  expect(inState(planted, 'approved')).toBe(40);
});

test('rows are walked and selected with keys, and a decision is taken back', async ({ as }) => {
  const [id] = plantRequests(1);
  const desk = await as('liaison');
  await desk.goto('/desk');
  await hydrated(desk);
  await desk.keyboard.press('j');
  await expect(desk.locator('#row-0')).toBeFocused();
  await desk.keyboard.press('x');
  await expect(desk.locator('#select-0')).toBeChecked();
  await desk.keyboard.press('j');
  await desk.keyboard.press('Shift+X');
  await expect(desk.locator('.queue-tick:checked')).toHaveCount(2);
  await desk.keyboard.press('k');
  await desk.keyboard.press('Enter');
  await expect(desk).toHaveURL(/\/desk\/queue\//);

  await desk.goto(`/desk/queue/request-${id}`);
  await hydrated(desk);
  await desk.keyboard.press('t');
  await expect(desk.getByText(/Taken by you/)).toBeVisible();
  await desk.getByRole('button', { name: /^Approve/ }).click();
  // Decisions of the test before stand there for a minute: this one is through when it stands first, and the key is for the first.
  await expect(lastDecided(desk)).toHaveValue(id!);
  await expect(desk.getByText(/Just decided/)).toBeVisible();
  await desk.keyboard.press('u');
  await expect.poll(() => inState([id!], 'pending')).toBe(1);
});

test('the queue is worked with JavaScript off', async ({ as }) => {
  const [id] = plantRequests(1);
  const desk = await as('liaison', { javaScriptEnabled: false });
  await desk.goto('/desk?kind=request');
  await desk.locator(`.queue-tick[value="request-${id}"]`).check();
  await desk.getByLabel('With the selected').selectOption('decline');
  await desk.getByRole('button', { name: 'See what will happen' }).click();
  await desk.getByLabel('Reason, the same for all').selectOption('papers_missing');
  await desk.getByRole('button', { name: /^Decline 1/ }).click();
  await expect.poll(() => inState([id!], 'declined')).toBe(1);
});
