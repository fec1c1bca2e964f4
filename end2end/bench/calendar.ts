// 10,000 visits in one calendar: how long from the answer to the picture, how long the longest frame of scrolling, how many
// blocks are in the page. Prints figures with their limits and fails past one.
import { expect, test, type Page } from '@playwright/test';
import { sql } from '../pages/database';
import { signIn } from '../pages/people';

const WEEKS_MEASURED = 11;
const PAINT_MS = 100;
const FRAME_MS = 50;
const BLOCKS = 60;

let past = false;
function figure(name: string, value: number, unit: string, limit: number): void {
  console.log(`figure ${name} = ${value.toFixed(1)} ${unit} (limit ${limit})`);
  past ||= value > limit;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Eight visits on every weekday of 250 weeks. */
function plant(): number {
  sql(`INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at, confirmed_at)
       SELECT gen_random_uuid(), p.id, t.id, (SELECT service_id FROM scheduling.offer WHERE therapist_id = t.id LIMIT 1),
              tstzrange(at, at + interval '45 minutes'), CASE WHEN at < now() THEN 'completed' ELSE 'scheduled' END, now() - interval '3 years',
              CASE WHEN at < now() THEN at + interval '1 hour' END
         FROM people.patient p, identity.account t, generate_series(-125, 124) week, generate_series(0, 4) day, generate_series(9, 16) hour,
              LATERAL (SELECT (date_trunc('week', now() AT TIME ZONE 'America/New_York') + make_interval(weeks => week, days => day, hours => hour))
                              AT TIME ZONE 'America/New_York' AS at) AS one
        WHERE p.given_name = 'Ana' AND t.email = 'tess@demo.example'`);
  sql('ANALYZE scheduling.visit');
  return Number(sql(`SELECT count(*) FROM scheduling.visit v JOIN identity.account t ON t.id = v.therapist_id WHERE t.email = 'tess@demo.example'`));
}

/** Goes one week on; from the end of the server's answer to the frame that shows it. */
async function weekOn(page: Page): Promise<number> {
  await page.evaluate(() => {
    performance.clearResourceTimings();
    const before = document.querySelector('.calendar-bar h2')?.textContent;
    const shown = new Promise<number>((resolve) => {
      const watch = new MutationObserver(() => {
        if (document.querySelector('.calendar-bar h2')?.textContent === before || !document.querySelector('.time-grid-block')) return;
        watch.disconnect();
        // After the next frame was made.
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve(performance.now());
          channel.port2.postMessage(null);
        });
      });
      watch.observe(document.querySelector('main')!, { subtree: true, childList: true, characterData: true });
    });
    (window as unknown as { shown: Promise<number> }).shown = shown;
  });
  await page.getByRole('link', { name: 'The week after' }).click();
  return page.evaluate(async () => {
    const at = await (window as unknown as { shown: Promise<number> }).shown;
    const answers = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/care_calendar')) as PerformanceResourceTiming[];
    return at - answers.at(-1)!.responseEnd;
  });
}

/** Scrolls the grid up and down; the longest frame's work, and the most blocks that were in the page. */
const scroll = (page: Page) =>
  page.evaluate(async () => {
    const grid = document.querySelector('.time-grid-scroll')!;
    let [longest, most] = [0, 0];
    for (let frame = 0; frame < 180; frame += 1) {
      const work = await new Promise<number>((resolve) => {
        requestAnimationFrame(() => {
          const from = performance.now();
          grid.scrollTop = (1 - Math.cos(frame / 12)) * 0.5 * (grid.scrollHeight - grid.clientHeight);
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve(performance.now() - from);
          channel.port2.postMessage(null);
        });
      });
      longest = Math.max(longest, work);
      most = Math.max(most, document.querySelectorAll('.time-grid-block').length);
    }
    return { longest, most };
  });

test('ten thousand visits in one calendar', async ({ page }) => {
  expect(plant()).toBeGreaterThanOrEqual(10_000);
  await signIn(page, 'therapist');
  await page.goto('/care/calendar');
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  expect(await page.locator('.time-grid-block a').count(), 'the week shows its visits').toBeGreaterThanOrEqual(40);
  const paints: number[] = [];
  for (let week = 0; week < WEEKS_MEASURED; week += 1) paints.push(await weekOn(page));
  const passes = [await scroll(page), await scroll(page), await scroll(page)];
  figure('calendar.paint_after_data', median(paints), 'ms', PAINT_MS);
  figure('calendar.longest_frame', median(passes.map((pass) => pass.longest)), 'ms', FRAME_MS);
  figure('calendar.blocks', Math.max(...passes.map((pass) => pass.most)), 'nodes', BLOCKS);
  expect(past, 'past a limit').toBe(false);
});
