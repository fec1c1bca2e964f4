// What every journey stands on: `test` with people, a watch over every page, and screenshots.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { EVERYBODY, signIn, type Person } from './people';
import { Watch } from './watch';

const artefact = (name: string) => fileURLToPath(new URL(`../artefacts/${name}`, import.meta.url));

type House = {
  /** Fails the test on console errors, server errors and requests to other origins, on any of its pages. */
  watch: Watch;
  /** A page of somebody signed in, in a browser context of their own and in their own time zone. */
  as: (who: Person, options?: BrowserContextOptions) => Promise<Page>;
};

/** Sessions by person, so that a run does not look like somebody trying passwords. */
const sessions = new Map<Person, Awaited<ReturnType<BrowserContext['storageState']>>>();

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
    await use(async (who, options = {}) => {
      const known = sessions.get(who);
      const context = await browser.newContext({
        baseURL, viewport, hasTouch, isMobile, locale, timezoneId: EVERYBODY[who].zone,
        ...(known && { storageState: known }),
        ...options,
      });
      watch.over(context);
      const page = await context.newPage();
      opened.push(page);
      if (known) {
        await page.goto(EVERYBODY[who].home);
        if (new URL(page.url()).pathname === EVERYBODY[who].home) return page;
      }
      await signIn(page, who);
      sessions.set(who, await context.storageState());
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

/** Nothing sticks out: the page is never wider than its window, and the words of a button are inside of it. */
export async function fits(page: Page): Promise<void> {
  const where = new URL(page.url()).pathname;
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(over, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
  expect.soft(await page.evaluate(wordsOutside), `${where}: words run out of their button`).toEqual([]);
}

/** Runs in the page: buttons of which a word lies outside of their box, by a pixel or more. */
function wordsOutside(): string[] {
  const outside = (button: Element): boolean => {
    const box = button.getBoundingClientRect();
    const texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.textContent?.trim() || text.parentElement?.closest('.visually-hidden')) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const words = range.getBoundingClientRect();
      const by = Math.max(box.left - words.left, words.right - box.right, box.top - words.top, words.bottom - box.bottom);
      if (words.width > 0 && by >= 1) return true;
    }
    return false;
  };
  return [...document.querySelectorAll('button, a.button, summary, [role="tab"]')]
    .filter((button) => button.checkVisibility() && outside(button))
    .map((button) => button.textContent?.trim() ?? '');
}

/** Waits until the browser half has taken over: before that a click may be lost. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
}

/** Brings what fades or slides to its end: half way through, a color is neither the old nor the new one. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (Number.isFinite(animation.effect?.getComputedTiming().endTime as number)) animation.finish();
    }
  });
}

export { expect, type Page };
