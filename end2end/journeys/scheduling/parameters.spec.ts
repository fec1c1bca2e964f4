// An administrator changes the rules of booking, sees the effect before, and puts the change back.
import { test, expect, fits, hydrated, type Page } from '../../pages/house';
import { axe } from '../../pages/axe';
import { bothWidths } from '../../pages/wide_and_narrow';

const notice = (page: Page) => page.getByLabel('Minimum notice');
const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });
const balance = (page: Page) => preview(page).getByText(/\d+ times? before, \d+ after/);

async function open(page: Page): Promise<void> {
  await page.goto('/admin/parameters/notice');
  await expect(notice(page)).toBeVisible();
  await hydrated(page);
}

/** Both numbers of "38 times before, 34 after". */
async function counts(page: Page): Promise<[number, number]> {
  const words = (await balance(page).innerText()).match(/\d+/g)!.map(Number);
  return [words[0]!, words[1]!];
}

/** The newest change in the log. Older ones with the same reason stand below it: both projects use one clinic. */
const newest = (page: Page) => page.locator('.rules-log > li').first();

/** What takes the newest change back, and the reason that the log has for it then. */
async function wayBack(page: Page) {
  const button = newest(page).getByRole('button', { name: /^Put back change \d+$/ });
  return { button, reason: (await button.getAttribute('aria-label'))! };
}

/** Takes the newest change back, so that the clinic is as it was. */
async function putBack(page: Page): Promise<void> {
  const { button, reason } = await wayBack(page);
  await button.click();
  await expect(newest(page)).toContainText(reason);
}

test('the preview follows the typing, and what is saved can be put back', async ({ as }) => {
  const ada = await as('admin');
  await open(ada);
  const before = await notice(ada).inputValue();
  const [now] = await counts(ada);
  await notice(ada).fill('4320');
  await expect(balance(ada), 'three days of notice take times away').not.toHaveText(`${now} times before, ${now} after`);
  const [was, becomes] = await counts(ada);
  expect(becomes).toBeLessThan(was);
  await expect(preview(ada).getByText('gone').first()).toBeVisible();
  expect(await axe(ada)).toEqual([]);
  await fits(ada);
  await bothWidths(ada, 'parameters-preview');

  await ada.getByLabel('Reason for the change').fill('Our team needs three days.');
  await ada.getByRole('button', { name: 'Use these values' }).click();
  await expect(newest(ada)).toContainText('Our team needs three days.');
  await expect(notice(ada)).toHaveValue('4320');
  await hydrated(ada);
  await putBack(ada);
  await expect(notice(ada)).toHaveValue(before);
});

test('values that contradict each other are both named, and nothing typed is lost', async ({ as }) => {
  const ada = await as('admin');
  await open(ada);
  await notice(ada).fill('2880');
  await ada.getByLabel('Bookable ahead').fill('1');
  await ada.getByLabel('Reason for the change').fill('A try');
  await ada.getByRole('button', { name: 'Use these values' }).click();
  const alert = ada.getByRole('alert').filter({ hasText: 'Minimum notice' });
  await expect(alert).toContainText('Bookable ahead');
  await expect(notice(ada)).toBeFocused();
  await expect(notice(ada)).toHaveValue('2880');
  await expect(ada.getByLabel('Reason for the change')).toHaveValue('A try');
  expect(await axe(ada)).toEqual([]);
});

test('of two administrators the second sees both values', async ({ as }) => {
  const [first, second] = [await as('admin'), await as('admin')];
  await first.goto('/admin/parameters/slots');
  await second.goto('/admin/parameters/slots');
  await hydrated(first);
  await hydrated(second);
  const kept = (page: Page) => page.getByLabel('A chosen time is kept for');
  await kept(first).fill('7');
  await first.getByLabel('Reason for the change').fill('Longer forms');
  await first.getByRole('button', { name: 'Use these values' }).click();
  await expect(newest(first)).toContainText('Longer forms');

  await kept(second).fill('9');
  await second.getByLabel('Reason for the change').fill('Even longer ones');
  await second.getByRole('button', { name: 'Use these values' }).click();
  await expect(second.getByText(/saved 7 min meanwhile/)).toBeVisible();
  await expect(kept(second)).toHaveValue('9');
  await expect(second.getByLabel('Reason for the change')).toHaveValue('Even longer ones');
  await expect(newest(second)).toContainText('Longer forms');
  await putBack(second);
});

test('the keyboard alone is enough', async ({ as }) => {
  const ada = await as('admin');
  await open(ada);
  await notice(ada).focus();
  await ada.keyboard.press('Control+A');
  await ada.keyboard.type('180');
  await expect(balance(ada)).toBeVisible();
  await ada.getByLabel('Reason for the change').focus();
  await ada.keyboard.type('By keyboard');
  await ada.keyboard.press('Enter');
  await expect(newest(ada)).toContainText('By keyboard');
  await hydrated(ada);
  const { button, reason } = await wayBack(ada);
  await button.focus();
  await expect(button).toBeFocused();
  await ada.keyboard.press('Enter');
  await expect(newest(ada)).toContainText(reason);
});

test('without script the preview is a button and a refused form has its values again', async ({ as }) => {
  const ada = await as('admin', { javaScriptEnabled: false });
  await ada.goto('/admin/parameters/notice');
  await notice(ada).fill('4320');
  await ada.getByRole('button', { name: 'Preview' }).click();
  await expect(notice(ada)).toHaveValue('4320');
  const [was, becomes] = await counts(ada);
  expect(becomes).toBeLessThan(was);

  await ada.getByRole('button', { name: 'Use these values' }).click();
  await expect(ada.getByText('Fill this in.').first()).toBeVisible();
  await expect(notice(ada)).toHaveValue('4320');
  await ada.getByLabel('Reason for the change').fill('Without script');
  await ada.getByRole('button', { name: 'Use these values' }).click();
  await expect(newest(ada)).toContainText('Without script');
  await putBack(ada);
});

test('no other role reaches the parameters', async ({ as, watch }) => {
  watch.allow(/status of 404/);
  for (const who of ['liaison', 'therapist', 'patient'] as const) {
    const page = await as(who);
    expect((await page.goto('/admin/parameters'))?.status(), who).toBe(404);
  }
});
