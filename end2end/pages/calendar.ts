// Visits planted straight into the database, with the time they take, and the grid they are seen in.
import { sql } from './database';
import type { Locator, Page } from '@playwright/test';

/** What stands planted now; all of it is on one day. */
const standing = new Set<string>();
let tuesday = '';

/** The first Tuesday from next week on whose working hours are free for all these people: other journeys book with them, too. */
const freeTuesday = (): string =>
  sql(`SELECT day::date FROM generate_series(date_trunc('week', now() AT TIME ZONE 'America/New_York') + interval '8 days',
                                             date_trunc('week', now() AT TIME ZONE 'America/New_York') + interval '50 days', interval '7 days') AS day
        WHERE NOT EXISTS (
          SELECT FROM scheduling.calendar_claim k
           WHERE k.released_at IS NULL
             AND k.during && tstzrange((day + interval '8 hours') AT TIME ZONE 'America/New_York', (day + interval '19 hours') AT TIME ZONE 'America/New_York')
             AND (k.holder_id IN (SELECT id FROM identity.account WHERE email = 'tess@demo.example')
                  OR k.holder_id IN (SELECT id FROM people.patient WHERE given_name IN ('Ana', 'Noah'))))
        ORDER BY day LIMIT 1`);

/** The day of what is planted, as addresses say it: a Tuesday of the next weeks. */
export const plantedDay = (): string => tuesday;

/** A visit of two demo people on a Tuesday of the next weeks, at an hour of the therapist's clock in New York. Answers its id. */
export function planted(patient: string, therapist: string, clock: string): string {
  if (standing.size === 0) tuesday = freeTuesday();
  const visit = sql(`
    WITH time AS (
      SELECT (date '${tuesday}' + time '${clock}') AT TIME ZONE 'America/New_York' AS at
    ), visit AS (
      INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at)
      SELECT gen_random_uuid(), p.id, t.id, o.service_id, tstzrange(time.at, time.at + interval '45 minutes'), 'scheduled', now()
        FROM time, people.patient p, identity.account t
        JOIN LATERAL (SELECT service_id FROM scheduling.offer WHERE therapist_id = t.id LIMIT 1) o ON true
       WHERE p.given_name = '${patient}' AND t.email = '${therapist}@demo.example'
      RETURNING id, patient_id, therapist_id, during
    ), claims AS (
      INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id)
      SELECT gen_random_uuid(), holder, therapist_id, patient_id, during, 'visit', id
        FROM visit, LATERAL unnest(ARRAY[therapist_id, patient_id]) AS holder
    )
    SELECT id FROM visit`);
  standing.add(visit);
  return visit;
}

/** Takes planted visits out again. */
export function removed(...visits: string[]): void {
  const ids = visits.map((id) => `'${id}'`).join(',');
  sql(`DELETE FROM scheduling.calendar_claim WHERE cause_id IN (${ids});
       DELETE FROM scheduling.visit_history WHERE visit_id IN (${ids});
       DELETE FROM scheduling.visit WHERE id IN (${ids})`);
  visits.forEach((visit) => standing.delete(visit));
}

/** The block of a visit. */
export const block = (page: Page, visit: string): Locator => page.locator(`.time-grid-block:has(a[href$="${visit}"])`);

/** Drags a block so many quarter hours down, with the mouse. */
export async function drag(page: Page, what: Locator, quarters: number): Promise<void> {
  await what.scrollIntoViewIfNeeded();
  const box = (await what.boundingBox())!;
  const row = box.height / 3;
  const [x, y] = [box.x + box.width / 2, box.y + row];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 8; step += 1) await page.mouse.move(x, y + (row * quarters * step) / 8);
  await page.mouse.up();
}
