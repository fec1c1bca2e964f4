// The liaison's desk: work to do on it, and what its pages are made of.
import { sql } from './database';
import { expect, type Page } from './house';
import type { Locator } from '@playwright/test';

/** Plants `count` requests of the neighbour on free hours of one therapist, three to ten weeks ahead. Answers their ids in time order. */
export function plantRequests(count: number): string[] {
  const ids = sql(`
    WITH who AS (
      SELECT p.id AS patient, p.account_id AS account, o.therapist_id AS therapist, o.service_id AS service, s.minutes
        FROM people.patient p
        JOIN people.licence l ON l.state_code = p.state_code
        JOIN scheduling.offer o ON o.therapist_id = l.therapist_id
        JOIN scheduling.service s ON s.id = o.service_id AND s.line = 'mental_health' AND s.retired_at IS NULL
       WHERE p.given_name = 'Noah' ORDER BY o.therapist_id, s.minutes LIMIT 1
    ), times AS (
      SELECT row_number() OVER (ORDER BY at) AS n, at, gen_random_uuid() AS id
        FROM who, generate_series(date_trunc('day', now()) + interval '21 days 15 hours', now() + interval '200 days', interval '1 day') AS at
       WHERE extract(isodow FROM at) < 6
         AND NOT EXISTS (SELECT FROM scheduling.calendar_claim k
                          WHERE k.holder_id IN (who.therapist, who.patient) AND k.released_at IS NULL
                            AND k.during && tstzrange(at - interval '1 hour', at + interval '2 hours'))
       LIMIT ${count}
    ), sent AS (
      INSERT INTO scheduling.booking_request
        (id, account_id, patient_id, therapist_id, service_id, during, state, sent_at, expires_at)
      SELECT t.id, w.account, w.patient, w.therapist, w.service, tstzrange(at, at + w.minutes * interval '1 minute'), 'pending',
             now(), now() + interval '3 days'
        FROM times t, who w RETURNING id, patient_id, therapist_id, during, expires_at
    ), claimed AS (
      INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, expires_at)
      SELECT gen_random_uuid(), h, s.therapist_id, s.patient_id, s.during, 'request', s.id, s.expires_at
        FROM sent s, unnest(ARRAY[s.therapist_id, s.patient_id]) h
    )
    SELECT id FROM sent`);
  return ids.split('\n').filter(Boolean);
}

/** A second liaison with the first one's password, planted once. */
export function plantColleague(): void {
  sql(`
    WITH fresh AS (
      INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
      SELECT gen_random_uuid(), 'leo@demo.example', 'leo@demo.example', 'liaison', 'Leo Lind', 'America/New_York', 'active', now()
       WHERE NOT EXISTS (SELECT FROM identity.account WHERE email_key = 'leo@demo.example') RETURNING id
    )
    INSERT INTO identity.password (account_id, phc, set_at)
    SELECT fresh.id, p.phc, now() FROM fresh, identity.password p
      JOIN identity.account a ON a.id = p.account_id WHERE a.email_key = 'lia@demo.example'`);
}

/** How many of these requests are in a state. */
export function inState(ids: string[], state: string): number {
  return Number(sql(`SELECT count(*) FROM scheduling.booking_request WHERE state = '${state}' AND id IN (${ids.map((id) => `'${id}'`).join(',')})`));
}

/** The counter above the queue. */
export async function counter(page: Page, name: string): Promise<number> {
  const value = page.locator('.counters div').filter({ has: page.getByText(name, { exact: true }) }).locator('dd');
  await expect(value).toBeVisible();
  return Number(await value.textContent());
}

/** The request that the open item's approval is about. */
export const shownRequest = (page: Page): Locator => page.locator('#approve input[name="request"]');

/** The request that the key `u` takes back: the latest decision of the last minute. */
export const lastDecided = (page: Page): Locator => page.locator('#undo li:not([hidden]) input[name="request"]').first();

/** A visit of the neighbour: agreed and four to thirty weeks ahead, or over for two days without a word. Answers its id. */
export function plantVisit(state: 'scheduled' | 'ended'): string {
  const from = state === 'scheduled' ? `now() + interval '28 days'` : `now() - interval '9 days'`;
  const until = state === 'scheduled' ? `now() + interval '200 days'` : `now() - interval '2 days'`;
  return sql(`
    WITH who AS (
      SELECT p.id AS patient, o.therapist_id AS therapist, o.service_id AS service, s.minutes
        FROM people.patient p
        JOIN people.licence l ON l.state_code = p.state_code
        JOIN scheduling.offer o ON o.therapist_id = l.therapist_id
        JOIN scheduling.service s ON s.id = o.service_id AND s.line = 'mental_health' AND s.retired_at IS NULL
       WHERE p.given_name = 'Noah' ORDER BY o.therapist_id, s.minutes LIMIT 1
    ), time AS (
      SELECT at, gen_random_uuid() AS id
        FROM who, generate_series(date_trunc('day', ${from}) + interval '17 hours', ${until}, interval '1 day') AS at
       WHERE extract(isodow FROM at) < 6
         AND NOT EXISTS (SELECT FROM scheduling.calendar_claim k
                          WHERE k.holder_id IN (who.therapist, who.patient) AND k.released_at IS NULL
                            AND k.during && tstzrange(at - interval '1 hour', at + interval '2 hours'))
       LIMIT 1
    ), visit AS (
      INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at, ended_at)
      SELECT t.id, w.patient, w.therapist, w.service, tstzrange(at, at + w.minutes * interval '1 minute'), '${state}', now(),
             CASE WHEN '${state}' = 'ended' THEN at + w.minutes * interval '1 minute' END
        FROM time t, who w RETURNING id, patient_id, therapist_id, during
    ), claimed AS (
      INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id)
      SELECT gen_random_uuid(), h, v.therapist_id, v.patient_id, v.during, 'visit', v.id
        FROM visit v, unnest(ARRAY[v.therapist_id, v.patient_id]) h
    )
    SELECT id FROM visit`);
}

/** Takes a planted visit out of everybody's way: it never was. */
export function removeVisit(visit: string): void {
  sql(`UPDATE scheduling.calendar_claim SET released_at = now() WHERE cause_id = '${visit}' AND released_at IS NULL;
       UPDATE scheduling.visit SET state = 'cancelled', cancel_reason = 'planned_by_mistake', cancel_role = 'liaison',
              cancel_late = false, undone_at = now() WHERE id = '${visit}'`);
}

/** When a visit starts. */
export const startOf = (visit: string): string => sql(`SELECT starts_at FROM scheduling.visit WHERE id = '${visit}'`);

/** A confirmation of a visit to the neighbour that no server took. Answers its id. */
export function plantLostLetter(visit: string): string {
  return sql(`
    INSERT INTO letters.letter (id, kind, account_id, patient_id, visit_id, starts_at, ends_at, cause, state, attempts, created_at,
                                run_at, settled_at, outcome)
    SELECT gen_random_uuid(), 'visit_confirmed', p.account_id, p.id, v.id, v.starts_at, v.ends_at, gen_random_uuid()::text, 'dead', 1,
           now(), now(), now(), '550'
      FROM scheduling.visit v JOIN people.patient p ON p.id = v.patient_id WHERE v.id = '${visit}' RETURNING id`);
}

export const letterState = (letter: string): string => sql(`SELECT state FROM letters.letter WHERE id = '${letter}'`);

/** How often the desk has reminded of a visit. */
export const remindersOf = (visit: string): number =>
  Number(sql(`SELECT count(*) FROM scheduling.visit_history WHERE visit_id = '${visit}' AND to_state = 'reminded'`));

/** The therapist is away on the day of a visit. Answers the absence's id. */
export function awayAt(visit: string): string {
  return sql(`
    INSERT INTO scheduling.time_off (id, therapist_id, during, reason)
    SELECT gen_random_uuid(), therapist_id, tstzrange(date_trunc('day', starts_at), date_trunc('day', starts_at) + interval '1 day'), 'Conference'
      FROM scheduling.visit WHERE id = '${visit}' RETURNING id`);
}

export const homeAgain = (absence: string): string => sql(`DELETE FROM scheduling.time_off WHERE id = '${absence}'`);
