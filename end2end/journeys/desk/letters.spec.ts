// A letter that did not arrive: it waits at the desk, is sent again, and the visit's page tells what was written.
import { axe } from '../../pages/axe';
import { letterState, plantLostLetter, plantVisit, removeVisit } from '../../pages/desk';
import { test, expect, hydrated } from '../../pages/house';
import { bothWidths } from '../../pages/wide_and_narrow';

test('a lost letter is sent again with the keyboard alone, and the visit tells of it', async ({ as }) => {
  const visit = plantVisit('scheduled');
  const letter = plantLostLetter(visit);
  const desk = await as('liaison');
  await desk.goto('/desk?kind=letter');
  await hydrated(desk);
  await expect(desk.locator(`a[href^="/desk/queue/letter-${letter}"]`)).toBeVisible();
  await desk.goto(`/desk/queue/letter-${letter}?kind=letter`);
  await hydrated(desk);
  await expect(desk.getByText('to noah@demo.example')).toBeVisible();
  await expect(desk.getByText('550')).toBeVisible();
  expect(await axe(desk)).toEqual([]);
  await bothWidths(desk, 'desk-letter');
  await desk.keyboard.press('a');
  await desk.keyboard.press('Enter');
  await expect.poll(() => letterState(letter)).not.toBe('dead');

  await desk.goto(`/desk/visits/${visit}`);
  await hydrated(desk);
  const letters = desk.getByRole('region', { name: 'Letters' }).or(desk.locator('section', { hasText: 'Letters' })).first();
  await expect(letters.getByText('to noah@demo.example').first()).toBeVisible();
  expect(await axe(desk)).toEqual([]);
  await bothWidths(desk, 'desk-visit-letters');
  removeVisit(visit);
});

test('without script a lost letter is sent again from the page of its visit', async ({ as }) => {
  const visit = plantVisit('scheduled');
  const letter = plantLostLetter(visit);
  const desk = await as('liaison', { javaScriptEnabled: false });
  await desk.goto(`/desk/visits/${visit}`);
  await desk.getByRole('button', { name: /^Send again: / }).click();
  await expect(desk).toHaveURL(new RegExp(`/desk/visits/${visit}$`));
  await expect.poll(() => letterState(letter)).not.toBe('dead');
  await expect(desk.getByRole('button', { name: /^Send again: / })).toHaveCount(0);
  removeVisit(visit);
});
