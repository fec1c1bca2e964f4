// Other times from a request's page: proposed with the keyboard alone, taken by the patient in one tap.
import { axe } from '../../pages/axe';
import { inState, plantRequests } from '../../pages/desk';
import { test, expect, hydrated } from '../../pages/house';
import { bothWidths } from '../../pages/wide_and_narrow';

test('the desk proposes two of the nearest times and the patient takes one in one tap', async ({ as }) => {
  const [id] = plantRequests(1);
  const desk = await as('liaison');
  await desk.goto(`/desk/queue/request-${id}`);
  await hydrated(desk);
  await desk.keyboard.press('p');
  const form = desk.locator('#propose');
  await expect(form).toHaveAttribute('open', '');
  // A tick has the focus; the keys rest only where somebody types.
  await desk.keyboard.press('2');
  await desk.keyboard.press('1');
  await expect(form.getByRole('checkbox', { checked: true })).toHaveCount(2);
  expect(await axe(desk)).toEqual([]);
  await bothWidths(desk, 'desk-propose');
  await form.getByRole('button', { name: 'Propose to the patient' }).focus();
  await desk.keyboard.press('Enter');
  await expect.poll(() => inState([id!], 'proposed')).toBe(1);

  const patient = await as('neighbour', { javaScriptEnabled: false });
  await patient.goto(`/my/requests/${id}`);
  await expect(patient.getByRole('heading', { name: 'Other times for you' })).toBeVisible();
  await patient.locator('button[name="time"]').first().click();
  await expect(patient).toHaveURL(/\/my\/visits\/[0-9a-f-]{36}$/);
  expect(inState([id!], 'approved')).toBe(1);
});

test('without script nothing ticked is said at the form, and the request stays', async ({ as }) => {
  const [id] = plantRequests(1);
  const desk = await as('liaison', { javaScriptEnabled: false });
  await desk.goto(`/desk/queue/request-${id}`);
  const form = desk.locator('#propose');
  await form.locator('summary').click();
  await form.getByRole('button', { name: 'Propose to the patient' }).click();
  await expect(desk.locator('#propose').getByRole('alert')).toContainText('Fill this in.');
  expect(inState([id!], 'pending')).toBe(1);
  await desk.locator('#approve button').click();
  await expect.poll(() => inState([id!], 'approved')).toBe(1);
});
