// Visits that wait at the desk: one whose therapist is away, and one of which nobody said what became.
import { axe } from '../../pages/axe';
import { awayAt, homeAgain, plantVisit, remindersOf, removeVisit, startOf } from '../../pages/desk';
import { test, expect, hydrated } from '../../pages/house';
import { bothWidths } from '../../pages/wide_and_narrow';

test('a visit on a day of absence is moved from its place in the queue', async ({ as }) => {
  const visit = plantVisit('scheduled');
  const absence = awayAt(visit);
  const before = startOf(visit);
  const desk = await as('liaison');
  await desk.goto(`/desk/queue/affected-${visit}?kind=affected`);
  await hydrated(desk);
  await expect(desk.getByText('The therapist is away at this time.', { exact: false })).toBeVisible();
  await expect(desk.locator('summary', { hasText: 'Propose other times' })).toBeVisible();
  await expect(desk.getByText('Cancel the visit').first()).toBeVisible();
  expect(await axe(desk)).toEqual([]);
  await bothWidths(desk, 'desk-affected');
  await desk.getByRole('button', { name: /^Move to / }).click();
  await expect.poll(() => startOf(visit)).not.toBe(before);
  await desk.goto(`/desk/queue/affected-${visit}`);
  await expect(desk.getByText('This does not wait any more.')).toBeVisible();
  homeAgain(absence);
  removeVisit(visit);
});

test('a therapist is reminded of a visit, once a day', async ({ as }) => {
  const visit = plantVisit('ended');
  const desk = await as('liaison', { javaScriptEnabled: false });
  await desk.goto(`/desk/queue/confirm-${visit}`);
  await desk.getByRole('button', { name: /^Remind the therapist/ }).click();
  await expect.poll(() => remindersOf(visit)).toBe(1);
  await desk.goto(`/desk/queue/confirm-${visit}`);
  await expect(desk.getByText('They were reminded today', { exact: false })).toBeVisible();
  await expect(desk.getByRole('button', { name: /^Remind the therapist/ })).toHaveCount(0);
  removeVisit(visit);
});
