// Accessibility: WCAG 2.2 AA, by axe-core, on the page as it stands.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from '@playwright/test';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Serious and critical violations, one line each; empty when the page is in order. */
export async function axe(page: Page): Promise<string[]> {
  // At rest: while a page's piece is still loading, there is nothing final to judge.
  await page.waitForLoadState('networkidle');
  // Evaluated by the debugger, which the page's content security policy does not concern.
  await page.evaluate(SOURCE);
  const { violations } = (await page.evaluate(
    (tags) => (window as unknown as { axe: { run(o: object): Promise<unknown> } }).axe.run({ runOnly: { type: 'tag', values: tags } }),
    RULES,
  )) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
}
