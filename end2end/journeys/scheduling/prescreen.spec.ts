// Questions before a visit: our team writes them, a patient answers or leaves them out, the desk and the therapist read.
// The demo clinic asks before a first visit; what a journey writes itself it stops asking in the end, because both projects run in
// one clinic.
import { test, expect, hydrated, picture, type Page } from '../../pages/house';
import { axe } from '../../pages/axe';
import { aTime } from '../../pages/times';
import { bothWidths } from '../../pages/wide_and_narrow';

const HOPE = 'What should be easier for you in three months?';
const asked = (page: Page) => page.getByRole('group', { name: 'Before your visit' });

/** A kept time for a first visit, which is asked about. */
async function bookFirstVisit(page: Page): Promise<void> {
  await page.goto('/my/find');
  const service = await page.getByLabel('Kind of visit').locator('option', { hasText: 'First visit' }).getAttribute('value');
  await page.goto(`/my/find?service=${service}`);
  await aTime(page).click();
  await expect(page).toHaveURL(/\/my\/book\//);
  await expect(asked(page)).toBeVisible();
}

async function withdraw(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Withdraw the request' }).click();
  await expect(page.getByText('Withdrawn').first()).toBeVisible();
}

test('a patient answers, loses nothing, and our team reads it with the request', async ({ as }) => {
  test.setTimeout(120_000);
  const words = `Sleep through the night, since ${Date.now()}.`;
  const ana = await as('patient');
  await bookFirstVisit(ana);
  await hydrated(ana);
  await expect(asked(ana).getByText('You may leave these empty.')).toBeVisible();
  await ana.getByRole('radio', { name: 'Yes, some time ago' }).check();
  await expect(asked(ana).getByText('One question that we need is still open.')).toBeVisible();
  await ana.getByLabel(HOPE).fill(words);
  await expect(asked(ana).getByText('Saved.')).toBeVisible();
  await ana.reload();
  await expect(ana.getByLabel(HOPE), 'what was answered survives a reload').toHaveValue(words);
  await expect(ana.getByRole('radio', { name: 'Yes, some time ago' })).toBeChecked();
  await hydrated(ana);
  expect(await axe(ana)).toEqual([]);
  await bothWidths(ana, 'prescreen-book');

  await ana.getByRole('button', { name: 'Send request' }).click();
  await expect(ana).toHaveURL(/\/my\/requests\//);
  await expect(ana.getByRole('heading', { name: 'Your answers' })).toBeVisible();
  await expect(ana.getByText(words)).toBeVisible();
  expect(await axe(ana)).toEqual([]);
  await picture(ana, 'prescreen-request');
  const request = new URL(ana.url()).pathname.split('/').pop();

  const desk = await as('liaison');
  await desk.goto(`/desk/queue/${request}`);
  await expect(desk.getByRole('heading', { name: 'Answers before the visit' })).toBeVisible();
  await expect(desk.getByText(words)).toBeVisible();
  await expect(desk.getByText('Yes, some time ago')).toBeVisible();
  expect(await axe(desk)).toEqual([]);
  await picture(desk, 'prescreen-desk');
  await hydrated(ana);
  await withdraw(ana);
});

test('a half answered form comes back without JavaScript, and an empty one is sent', async ({ as }) => {
  test.setTimeout(120_000);
  const ana = await as('patient', { javaScriptEnabled: false });
  await bookFirstVisit(ana);
  await ana.getByLabel(HOPE).fill('');
  await ana.getByRole('radio', { name: 'Yes, until now' }).check();
  await ana.getByLabel(/Why do you want this visit/).fill('A first talk.');
  await ana.getByRole('button', { name: 'Send request' }).click();
  await expect(ana).toHaveURL(/\/my\/book\//);
  await expect(ana.getByText('Fill this in.').first()).toBeVisible();
  await expect(ana.getByRole('radio', { name: 'Yes, until now' }), 'the answer is kept').toBeChecked();
  await expect(ana.getByLabel(/Why do you want this visit/)).toHaveValue('A first talk.');
  await picture(ana, 'prescreen-without-script');

  await asked(ana).getByRole('radio', { name: 'No answer' }).first().check();
  await ana.getByRole('button', { name: 'Send request' }).click();
  await expect(ana).toHaveURL(/\/my\/requests\//);
  await expect(ana.getByRole('heading', { name: 'Your answers' })).toHaveCount(0);
  await withdraw(ana);
});

test('a liaison writes a form, sees it as patients do, publishes it and stops asking', async ({ as }) => {
  test.setTimeout(120_000);
  const name = `Before a session ${Date.now()}`;
  const desk = await as('liaison');
  await desk.goto('/desk/questions');
  await hydrated(desk);
  await expect(desk.getByRole('link', { name: /Before a first visit/ }).first()).toBeVisible();
  expect(await axe(desk)).toEqual([]);
  await bothWidths(desk, 'prescreen-forms');
  await desk.getByLabel('Name', { exact: true }).fill(name);
  await desk.getByLabel('For', { exact: true }).selectOption({ label: 'First session with a child' });
  await desk.getByRole('button', { name: 'Begin the form' }).click();
  await expect(desk).toHaveURL(/\/desk\/questions\/[0-9a-f-]{36}/);
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText(name);
  await hydrated(desk);

  for (const [question, kind] of [['What calms your child?', 'Text in own words'], ['Which toy comes along?', 'Choice of one']] as const) {
    await desk.getByLabel('New question').fill(question);
    await desk.getByLabel('Answered by').selectOption({ label: kind });
    await desk.getByRole('button', { name: 'Add the question' }).click();
    await expect(desk.getByRole('button', { name: `Remove: ${question}` })).toBeVisible();
  }
  await expect(desk.getByText('A choice needs two lines at least.')).toBeVisible();
  await expect(desk.getByRole('button', { name: /^Publish/ }), 'not before it is finished').toHaveCount(0);
  await desk.getByLabel('Choices, one a line').fill('A train\nA bear');
  await desk.getByRole('listitem').filter({ hasText: 'Which toy comes along?' }).getByRole('button', { name: 'Save the question' }).click();
  await expect(desk.getByRole('radio', { name: 'A bear' }), 'as patients see it').toBeVisible();
  await desk.getByRole('button', { name: 'Up: Which toy comes along?' }).click();
  await expect(desk.getByRole('button', { name: 'Up: Which toy comes along?' })).toBeDisabled();
  await desk.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(desk.getByText('What you see is what patients are asked.')).toBeVisible();
  await expect(desk.getByText(/Version 1, .*, 0 answered/)).toBeVisible();
  expect(await axe(desk)).toEqual([]);
  await bothWidths(desk, 'prescreen-form');

  await desk.locator('summary', { hasText: 'Stop asking' }).click();
  await desk.getByRole('button', { name: 'Stop asking' }).click();
  await expect(desk.getByText(/not asked any more/)).toBeVisible();
});

test('a form is written with the keyboard alone, and an administrator finds it too', async ({ as }) => {
  const ada = await as('admin');
  await ada.goto('/admin/questions');
  await hydrated(ada);
  const form = ada.getByRole('link', { name: /Before a first visit/ }).first();
  await form.focus();
  await ada.keyboard.press('Enter');
  await expect(ada).toHaveURL(/\/admin\/questions\/[0-9a-f-]{36}/);
  await expect(ada.getByRole('heading', { level: 1 })).toHaveText('Before a first visit');
  await hydrated(ada);
  await ada.getByLabel('New question').focus();
  await ada.keyboard.type('Whom may we call?');
  await ada.keyboard.press('Enter');
  const remove = ada.getByRole('button', { name: 'Remove: Whom may we call?' });
  await expect(remove).toBeVisible();
  // The draft is as it was for whoever comes next; nothing of this was published.
  await remove.focus();
  await ada.keyboard.press('Enter');
  await expect(remove).toHaveCount(0);
});
