// What a journey cannot do by clicking: time.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Moves the next visit of a patient (by given name) to now, so that its room is open. Answers the visit's id. */
export function beginsNow(patient: string): string {
  const pidFile = process.env.E2E_SERVER_PID_FILE;
  if (!pidFile) throw new Error('./dev e2e says where the house keeps its data.');
  const url = readFileSync(join(dirname(pidFile), 'data', 'postgres.url'), 'utf8').trim();
  const move = `
    UPDATE scheduling.visit SET during = tstzrange(now() + interval '2 minutes', now() + interval '47 minutes')
     WHERE id = (SELECT v.id FROM scheduling.visit v JOIN people.patient p ON p.id = v.patient_id
                  WHERE p.given_name = '${patient}' AND v.state = 'scheduled' AND v.starts_at > now()
                  ORDER BY v.starts_at LIMIT 1)
    RETURNING id`;
  const visit = execFileSync('psql', [url, '-qtAX', '-v', 'ON_ERROR_STOP=1', '-c', move], { encoding: 'utf8' }).trim();
  if (!visit) throw new Error(`${patient} has no visit to come.`);
  return visit;
}
