// Every page without an id in its address: it answers, is in order, fits its width and needs no JavaScript to be read.
import { test, expect, fits, picture, settled, type Page } from '../pages/house';
import { axe } from '../pages/axe';
import type { Role } from '../pages/people';

const PAGES: Record<'public' | Role, string[]> = {
  public: ['/', '/sign-in'],
  patient: ['/my', '/my/find', '/my/calendar', '/my/waitlist', '/my/waitlist/new', '/my/account'],
  guardian: ['/my', '/my/find', '/my/calendar'],
  therapist: ['/care', '/care/calendar', '/care/availability', '/care/patients', '/care/library', '/care/account'],
  liaison: ['/desk', '/desk/visits', '/desk/account'],
  partner: ['/partner', '/partner/account'],
  admin: ['/admin', '/admin/account'],
};

async function inspect(page: Page, path: string, name: string) {
  const answer = await page.goto(path);
  expect.soft(answer?.status(), path).toBe(200);
  await expect.soft(page.getByRole('heading', { level: 1 }), `${path} has one heading of the first level`).toHaveCount(1);
  await page.waitForLoadState('networkidle');
  await fits(page);
  expect.soft(await axe(page), path).toEqual([]);
  await picture(page, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await settled(page);
  expect.soft(await axe(page), `${path} in the dark`).toEqual([]);
  await picture(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: null });
}

const nameOf = (who: string, path: string) => `page-${who}${path === '/' ? '' : path.replaceAll('/', '-')}`;

for (const [who, paths] of Object.entries(PAGES) as [keyof typeof PAGES, string[]][]) {
  test(`the pages of the ${who}`, async ({ page, as }) => {
    test.setTimeout(30_000 * paths.length);
    const reader = who === 'public' ? page : await as(who);
    for (const path of paths) await inspect(reader, path, nameOf(who, path));
  });
}

test('pages can be read without JavaScript', async ({ as }) => {
  const page = await as('patient', { javaScriptEnabled: false });
  for (const path of PAGES.patient) {
    expect.soft((await page.goto(path))?.status(), path).toBe(200);
    await expect.soft(page.getByRole('heading', { level: 1 }), path).toBeVisible();
  }
});

test('what is not there is a 404', async ({ request }) => {
  for (const path of ['/no-such-page', '/pkg/0000/gone.wasm', '/pkg/../Cargo.toml', '/pkg/%2e%2e/%2e%2e/Cargo.toml']) {
    expect.soft((await request.get(path)).status(), path).toBe(404);
  }
});

test('the browser half is small on the wire and kept for good', async ({ page }) => {
  const files: { url: string; headers: Record<string, string> }[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith('/pkg/')) files.push({ url: response.url(), headers: response.headers() });
  });
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  expect(files.some(({ url }) => url.endsWith('.wasm'))).toBe(true);
  for (const { url, headers } of files) {
    expect.soft(headers['cache-control'], url).toContain('immutable');
    // What does not shrink, pieces of some fifty bytes, goes as it is.
    if (Number(headers['content-length']) > 200) expect.soft(headers['content-encoding'], url).toMatch(/^(br|gzip)$/);
  }
});
