// Tess's hours: her page, what stands in the database, and the way back to the week that other journeys book in.
import { sql } from './database';
import { hydrated, type Page } from './house';

export const TESS = `(SELECT id FROM identity.account WHERE email = 'tess@demo.example')`;

/** Gives her the demo clinic's week back, without time off, journeys and limits. */
export function asBefore(): void {
  sql(`DELETE FROM scheduling.availability_rule WHERE therapist_id = ${TESS};
       INSERT INTO scheduling.availability_rule (therapist_id, weekday, starts_min, ends_min)
         SELECT ${TESS}, day, shift.starts, shift.ends
           FROM generate_series(1, 5) AS day, (VALUES (540, 720), (780, 1080)) AS shift (starts, ends);
       DELETE FROM scheduling.time_off WHERE therapist_id = ${TESS};
       DELETE FROM scheduling.travel_zone WHERE therapist_id = ${TESS};
       UPDATE scheduling.calendar SET day_visits = NULL, day_minutes = NULL, week_visits = NULL, week_minutes = NULL
        WHERE therapist_id = ${TESS}`);
}

export const seen = (page: Page) => page.getByRole('region', { name: 'What patients would see' });

/** Her shifts of a weekday, as "540-720". */
export const shifts = (weekday: number) =>
  sql(`SELECT starts_min || '-' || ends_min FROM scheduling.availability_rule
        WHERE therapist_id = ${TESS} AND weekday = ${weekday} ORDER BY starts_min`);

export async function openHours(page: Page): Promise<void> {
  await page.goto('/care/availability');
  await hydrated(page);
}
