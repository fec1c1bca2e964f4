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
