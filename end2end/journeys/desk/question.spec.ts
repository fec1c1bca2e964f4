// Texts of the desk, a question to the patient and its answer, and a decline with a text.
import { axe } from '../../pages/axe';
import { inState, plantRequests, shownRequest } from '../../pages/desk';
import { test, expect, hydrated, picture } from '../../pages/house';

test('the desk asks with a text of its own, the patient answers without script, the desk declines', async ({ as }) => {
  test.setTimeout(120_000);
  const [id] = plantRequests(1);
  const desk = await as('liaison');
  await desk.goto('/desk/templates');
  await hydrated(desk);
  const names = { question: `Days ${id!.slice(0, 6)}`, decline: `Paper ${id!.slice(0, 6)}` };
  await desk.getByLabel('For', { exact: true }).selectOption('question');
  await desk.getByLabel('Name', { exact: true }).fill(names.question);
  await desk.getByLabel('Text', { exact: true }).fill('Which days would fit as well?');
  await desk.getByRole('button', { name: 'Save', exact: true }).click();
  // By its name: the same words stand there already when a journey before this one saved them.
  await expect(desk.getByText(names.question).first()).toBeVisible();
  await expect(desk.getByText('Which days would fit as well?').first()).toBeVisible();
  await desk.goto('/desk/templates');
  await hydrated(desk);
  await desk.getByLabel('Name', { exact: true }).fill(names.decline);
  await desk.getByLabel('Reason it belongs to').selectOption('papers_missing');
  await desk.getByLabel('Text', { exact: true }).fill('Please send us the signed consent.');
  await desk.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(desk.getByText(names.decline).first()).toBeVisible();
  await expect(desk.getByText('Please send us the signed consent.').first()).toBeVisible();
  expect(await axe(desk)).toEqual([]);
  await picture(desk, 'desk-templates');

  await desk.goto(`/desk/queue/request-${id}`);
  await hydrated(desk);
  await desk.keyboard.press('i');
  await desk.getByRole('link', { name: names.question }).click();
  await expect(desk.getByLabel('Question to the patient')).toHaveValue('Which days would fit as well?');
  await desk.getByRole('button', { name: 'Ask the patient' }).click();
  await expect(desk).not.toHaveURL(new RegExp(id!));

  const patient = await as('neighbour', { javaScriptEnabled: false });
  await patient.goto(`/my/requests/${id}`);
  await expect(patient.getByText('Which days would fit as well?')).toBeVisible();
  await picture(patient, 'request-question');
  await patient.getByLabel('Your answer').fill('Mondays and Fridays.');
  await patient.getByRole('button', { name: 'Send the answer' }).click();
  await expect(patient.getByText('Mondays and Fridays.')).toBeVisible();

  await desk.goto(`/desk/queue/request-${id}`);
  await hydrated(desk);
  await expect(desk.getByText('Mondays and Fridays.')).toBeVisible();
  await desk.keyboard.press('r');
  await desk.getByRole('link', { name: names.decline }).click();
  await expect(desk.getByLabel('Words to the patient')).toHaveValue('Please send us the signed consent.');
  await expect(desk.getByLabel('Reason', { exact: true })).toHaveValue('papers_missing');
  await desk.getByRole('button', { name: 'Decline the request' }).click();
  await expect.poll(() => inState([id!], 'declined')).toBe(1);
});

test('words about one request never stand in the form of another', async ({ as }) => {
  // As due as each other, they stand in the order of their ids.
  const [one, other] = plantRequests(2).sort();
  const desk = await as('liaison');
  await desk.goto(`/desk/queue/request-${one}`);
  await hydrated(desk);
  const question = desk.getByLabel('Question to the patient');
  await desk.keyboard.press('i');
  await question.fill('Is your sister with you?');
  await desk.getByRole('heading', { level: 1 }).click();
  await desk.keyboard.press('j');
  await expect(desk).toHaveURL(new RegExp(other!));
  await expect(shownRequest(desk)).toHaveValue(other!);
  await expect(question).toHaveValue('');
});
