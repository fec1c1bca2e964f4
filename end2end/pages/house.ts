// What every journey stands on: `test` with people, a watch over every page, and screenshots.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { PEOPLE, signIn, type Role } from './people';
import { Watch } from './watch';

const artefact = (name: string) => fileURLToPath(new URL(`../artefacts/${name}`, import.meta.url));

type House = {
  /** Fails the test on console errors, server errors and requests to other origins, on any of its pages. */
  watch: Watch;
  /** A page of somebody signed in, in a browser context of their own and in their own time zone. */
  as: (role: Role, options?: BrowserContextOptions) => Promise<Page>;
};

/** Sessions by role, so that a run does not look like somebody trying passwords. */
const sessions = new Map<Role, Awaited<ReturnType<BrowserContext['storageState']>>>();

export const test = base.extend<House>({
  watch: [
    async ({ context, baseURL }, use) => {
      const watch = new Watch(new URL(baseURL!).origin);
      watch.over(context);
      await use(watch);
      expect(watch.problems, 'problems that a person would not see').toEqual([]);
    },
    { auto: true },
  ],

  as: async ({ browser, watch, baseURL, viewport, hasTouch, isMobile, locale }, use) => {
    const opened: Page[] = [];
    await use(async (role, options = {}) => {
      const known = sessions.get(role);
      const context = await browser.newContext({
        baseURL, viewport, hasTouch, isMobile, locale, timezoneId: PEOPLE[role].zone,
        ...(known && { storageState: known }),
        ...options,
      });
      watch.over(context);
      const page = await context.newPage();
      opened.push(page);
      if (known) {
        await page.goto(PEOPLE[role].home);
        if (new URL(page.url()).pathname === PEOPLE[role].home) return page;
      }
      await signIn(page, role);
      sessions.set(role, await context.storageState());
      return page;
    });
    for (const page of opened) await page.context().close();
  },
});

/** Keeps a picture of the whole page as artefacts/NAME-390.png or NAME-1440.png. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(artefact(''), { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({ path: artefact(`${name}-${width}.png`), fullPage: true, animations: 'disabled' });
}

/** Waits until the browser half has taken over: before that a click may be lost. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
}

export { expect, type Page };
