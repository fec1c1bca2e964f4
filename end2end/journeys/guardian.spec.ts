// A guardian acts for their children: their pages open, those of other people do not exist.
import { test, expect, type Page } from '../pages/house';

const ABSENT = '01990000-0000-7000-8000-000000000001';

/** Every visit and request that the calendars of this person lead to, the next visit first. */
async function ownPages(page: Page): Promise<string[]> {
  const found = new Set<string>();
  for (const path of ['/my', '/my/calendar', '/my/calendar?show=past']) {
    await page.goto(path);
    const links = await page.locator('a[href^="/my/visits/"], a[href^="/my/requests/"]').evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
    links.forEach((link) => found.add(link));
  }
  return [...found];
}

/** What a page says, with what may differ from one answer to the next taken out. */
async function said(page: Page, path: string): Promise<{ status: number | undefined; text: string }> {
  const answer = await page.goto(path);
  return { status: answer?.status(), text: await page.locator('main').innerText() };
}

test("a guardian sees the pages of their children and of nobody else", async ({ as, watch }) => {
  // Every page of both is opened several times, and the journeys before this one leave more and more of them.
  test.setTimeout(180_000);
  watch.allow(/status of 404/);
  const [gus, ana] = [await as('guardian'), await as('patient')];
  const [own, foreign] = [await ownPages(gus), await ownPages(ana)];
  expect(own.length, 'the demo clinic has visits of Bo').toBeGreaterThan(0);
  expect(foreign.length, 'and visits of Ana').toBeGreaterThan(0);
  expect(own.filter((path) => foreign.includes(path))).toEqual([]);

  for (const path of own) {
    expect.soft((await gus.goto(path))?.status(), path).toBe(200);
    const main = gus.locator('main');
    if (/\/visits\/[^/]+$/.test(path)) await expect.soft(main, path).toContainText(/\b(Bo|Mila)\b/);
    await expect.soft(main, path).not.toContainText('Ana');
  }
  await gus.goto('/my/find');
  await expect(gus.locator('main')).not.toContainText('Ana');

  for (const path of foreign) {
    const absent = path.replace(/[^/]+$/, ABSENT);
    expect.soft(await said(gus, path), path).toEqual(await said(gus, absent));
    expect.soft((await gus.goto(path))?.status(), path).toBe(404);
  }
  for (const path of own) expect.soft((await ana.goto(path))?.status(), path).toBe(404);

  const visit = (paths: string[]) => paths.map((path) => /^\/my\/visits\/([^/]+)/.exec(path)?.[1]).find(Boolean);
  expect((await gus.goto(`/room/${visit(own)}`))?.status(), 'the room of Bo').toBe(200);
  expect((await gus.goto(`/room/${visit(foreign)}`))?.status(), 'the room of Ana').toBe(404);
});
