import { test, expect, picture } from '../pages/house';
import { axe } from '../pages/axe';
import { PASSWORD, PEOPLE, ROLES, signIn } from '../pages/people';

test('the sign-in page is in order', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'sign-in');
});

for (const role of ROLES) {
  test(`the ${role} signs in and is at home`, async ({ as }) => {
    const page = await as(role);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await axe(page)).toEqual([]);
    await picture(page, `home-${role}`);
  });
}

test('a wrong password says so, keeps the e-mail and tells nothing else', async ({ page }) => {
  const messages: string[] = [];
  for (const email of [PEOPLE.patient.email, 'nobody@demo.example']) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'not right' });
    await expect(alert).toBeVisible();
    await expect(page.getByLabel('E-mail')).toHaveValue(email);
    messages.push(await alert.innerText());
  }
  expect(messages[0], 'a known and an unknown e-mail get the same answer').toBe(messages[1]);
});

test('signing in works without JavaScript', async ({ browser, baseURL, watch }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  watch.over(context);
  const page = await context.newPage();
  await signIn(page, 'liaison');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await context.close();
});

test('signing in works with the keyboard alone', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').focus();
  await page.keyboard.type(PEOPLE.therapist.email);
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/care$/);
});

test('after signing out, the pages of before are closed', async ({ page }) => {
  await signIn(page, 'partner');
  // The account menu holds it on wide and narrow screens alike.
  const signOut = page.getByRole('button', { name: 'Sign out' });
  if (!(await signOut.isVisible())) await page.locator('summary, [aria-haspopup="menu"]').last().click();
  await signOut.click();
  await expect(page).not.toHaveURL(/\/partner/);
  await page.goto('/partner');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a form sent after being signed out says so at the sign-in, and leads back', async ({ as }) => {
  const page = await as('patient', { javaScriptEnabled: false });
  await page.goto('/my/account/letters');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=\/my\/account\/letters&ended=unsent$/);
  await expect(page.getByText('what you sent last was not taken')).toBeVisible();
  await picture(page, 'sign-in-unsent');
  await page.getByLabel('E-mail').fill(PEOPLE.patient.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/my\/account\/letters$/);
});

test('the area of another role answers like an absent page', async ({ as, watch }) => {
  watch.allow(/status of 404/);
  const page = await as('patient');
  const [foreign, absent] = [await page.goto('/desk'), await page.goto('/no-such-page')];
  expect(foreign?.status()).toBe(absent?.status());
  expect(absent?.status()).toBe(404);
});
