// Visits planted straight into the database, with the time they take, and the grid they are seen in.
import { sql } from './database';
import type { Locator, Page } from '@playwright/test';

/** A visit of two demo people on Tuesday of next week, at an hour of the therapist's clock in New York. Answers its id. */
export function planted(patient: string, therapist: string, clock: string): string {
  return sql(`
    WITH time AS (
      SELECT (date_trunc('week', now() AT TIME ZONE 'America/New_York') + interval '8 days' + time '${clock}') AT TIME ZONE 'America/New_York' AS at
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
}

/** Takes planted visits out again. */
export function removed(...visits: string[]): void {
  const ids = visits.map((id) => `'${id}'`).join(',');
  sql(`DELETE FROM scheduling.calendar_claim WHERE cause_id IN (${ids});
       DELETE FROM scheduling.visit_history WHERE visit_id IN (${ids});
       DELETE FROM scheduling.visit WHERE id IN (${ids})`);
}

/** Tuesday of next week, as addresses say it. */
export const nextTuesday = (): string =>
  sql(`SELECT (date_trunc('week', now() AT TIME ZONE 'America/New_York') + interval '8 days')::date`);

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
