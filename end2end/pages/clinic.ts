// What a journey cannot do by clicking: time.
import { sql } from './database';

/** Moves the next visit of a patient (by given name) to now, so that its room is open. Answers the visit's id. */
export function beginsNow(patient: string): string {
  const visit = sql(`
    UPDATE scheduling.visit SET during = tstzrange(now() + interval '2 minutes', now() + interval '47 minutes')
     WHERE id = (SELECT v.id FROM scheduling.visit v JOIN people.patient p ON p.id = v.patient_id
                  WHERE p.given_name = '${patient}' AND v.state = 'scheduled' AND v.starts_at > now()
                  ORDER BY v.starts_at LIMIT 1)
    RETURNING id`);
  if (!visit) throw new Error(`${patient} has no visit to come.`);
  return visit;
}

/** The time of a hold is over now, not in five minutes. */
export function endHold(hold: string): void {
  sql(`WITH claims AS (UPDATE scheduling.calendar_claim SET expires_at = now() - interval '1 second' WHERE cause_id = '${hold}')
       UPDATE scheduling.slot_hold SET expires_at = now() - interval '1 second' WHERE id = '${hold}'`);
}

/** The minute is over in which a decision can be taken back: its news leaves. */
export function newsLeaves(): void {
  sql(`UPDATE kernel.outbox SET run_at = now() WHERE done_at IS NULL AND dead_at IS NULL AND run_at < now() + interval '2 minutes'`);
}
