//! One object of each kind that concerns a patient (Ana, or the child Bo) or their therapist, Tess.

use super::{
    row::{Object, Request},
    world::Concerns,
};
use crate::clinic::Clinic;
use chrono::Duration;
use std::collections::HashMap;
use uuid::Uuid;

/// Whom to look for in the demo clinic.
struct Family {
    email: &'static str,
    line: &'static str,
}

const ANA: Family = Family {
    email: "ana@demo.example",
    line: "mental_health",
};
const BO: Family = Family {
    email: "gus@demo.example",
    line: "child_therapy",
};

/// Every kind; `cookie` is the patient's or their guardian's.
pub async fn all(clinic: &Clinic, concerns: Concerns, cookie: &str) -> HashMap<Object, Uuid> {
    let family = match concerns {
        Concerns::PatientA => &ANA,
        Concerns::ChildOfGuardian => &BO,
    };
    let _second_device = clinic.sign_in(family.email).await;
    let mut objects = HashMap::new();
    for object in Object::ALL.into_iter().filter(|object| *object != Object::Hold) {
        objects.insert(object, find(clinic, object, concerns, family).await);
    }
    away_at(clinic, objects[&Object::Visit]).await;
    in_a_series(clinic, objects[&Object::Visit]).await;
    let hold = hold(clinic, &objects, cookie).await;
    objects.insert(Object::Hold, hold);
    objects
}

#[expect(clippy::too_many_lines, reason = "one entry for each kind of object")]
async fn find(clinic: &Clinic, object: Object, concerns: Concerns, family: &Family) -> Uuid {
    let (sql, argument) = match object {
        Object::Closure => (
            "INSERT INTO scheduling.time_off (id, during, reason)
                 SELECT gen_random_uuid(), tstzrange('2027-06-04', '2027-06-05'), 'shut'
                 FROM identity.account WHERE email = $1 RETURNING id",
            LIA,
        ),
        Object::Hold => unreachable!("a hold is taken, not found"),
        Object::Item => (
            "SELECT k.item_id FROM library.kit_item k JOIN library.item i ON i.id = k.item_id AND i.kind = 'picture'
                 JOIN scheduling.visit v ON v.id = k.visit_id
                 JOIN people.patient p ON p.id = v.patient_id WHERE p.given_name = $1 LIMIT 1",
            concerns.given_name(),
        ),
        Object::Letter => (
            "INSERT INTO letters.letter (id, kind, account_id, patient_id, visit_id, cause, state, created_at, run_at, settled_at)
                 SELECT gen_random_uuid(), 'reminder', v.therapist_id, p.id, v.id, 'planted', 'dead', now(), now(), now()
                 FROM scheduling.visit v JOIN people.patient p ON p.id = v.patient_id WHERE p.given_name = $1 LIMIT 1
                 RETURNING id",
            concerns.given_name(),
        ),
        Object::KeptTime => (
            "WITH wish AS (
                 INSERT INTO scheduling.waitlist_wish (id, patient_id, service_id, therapist_id, weekdays, parts, until, state,
                                                       joined_at, joined_by)
                 SELECT gen_random_uuid(), p.id, s.id, a.id, 127, 7, '2027-06-01', 'waiting', now(), a.id
                 FROM people.patient p, identity.account a, scheduling.service s
                 WHERE p.given_name = $1 AND a.email = 'tess@demo.example'
                   AND s.id = (SELECT service_id FROM scheduling.visit WHERE patient_id = p.id LIMIT 1)
                 RETURNING *
             )
             INSERT INTO scheduling.waitlist_offer (id, wish_id, patient_id, therapist_id, service_id, during, state, created_at,
                                                    expires_at)
             SELECT gen_random_uuid(), id, patient_id, therapist_id, service_id,
                    tstzrange('2027-05-05 15:00Z', '2027-05-05 15:45Z'), 'open', now(), '2030-01-01' FROM wish
             RETURNING id",
            concerns.given_name(),
        ),
        Object::Wish => (
            "SELECT w.id FROM scheduling.waitlist_wish w JOIN people.patient p ON p.id = w.patient_id WHERE p.given_name = $1",
            concerns.given_name(),
        ),
        Object::Override => (
            "INSERT INTO scheduling.availability_override (id, therapist_id, on_date)
                 SELECT gen_random_uuid(), id, '2027-06-01' FROM identity.account WHERE email = $1 RETURNING id",
            TESS,
        ),
        Object::TimeOff => (
            "INSERT INTO scheduling.time_off (id, therapist_id, during, reason)
                 SELECT gen_random_uuid(), id, tstzrange('2027-06-02', '2027-06-03'), 'leave'
                 FROM identity.account WHERE email = $1 RETURNING id",
            TESS,
        ),
        Object::Patient => ("SELECT id FROM people.patient WHERE given_name = $1", concerns.given_name()),
        Object::Prescreen => (
            "INSERT INTO scheduling.prescreen (id, service_id, name)
                 SELECT gen_random_uuid(), s.id, 'Before a visit' FROM scheduling.service s WHERE s.line = $1 ORDER BY s.minutes LIMIT 1 RETURNING id",
            family.line,
        ),
        Object::Proposal => (
            "WITH visit AS (
                 SELECT v.* FROM scheduling.visit v JOIN people.patient p ON p.id = v.patient_id
                 JOIN identity.account a ON a.id = v.therapist_id
                 WHERE p.given_name = $1 AND a.email = 'tess@demo.example' AND v.state = 'scheduled'
                 ORDER BY lower(v.during) LIMIT 1
             ), made AS (
                 INSERT INTO scheduling.proposal (id, visit_id, patient_id, therapist_id, service_id, state, created_at,
                                                  created_by, created_role, expires_at)
                 SELECT gen_random_uuid(), id, patient_id, therapist_id, service_id, 'open', now(), therapist_id,
                        'therapist', '2030-01-01' FROM visit
                 RETURNING id
             ), time AS (
                 INSERT INTO scheduling.proposal_time (id, proposal_id, during, place)
                 SELECT gen_random_uuid(), id, tstzrange('2027-05-04 15:00Z', '2027-05-04 15:45Z'), 1 FROM made
             )
             SELECT id FROM made",
            concerns.given_name(),
        ),
        Object::ProposedTime => (
            "SELECT t.id FROM scheduling.proposal_time t JOIN scheduling.proposal r ON r.id = t.proposal_id
                 JOIN people.patient p ON p.id = r.patient_id WHERE p.given_name = $1",
            concerns.given_name(),
        ),
        Object::Request => (
            "SELECT r.id FROM scheduling.booking_request r JOIN people.patient p ON p.id = r.patient_id
                 WHERE p.given_name = $1 AND r.state = 'pending' LIMIT 1",
            concerns.given_name(),
        ),
        Object::SavedView => (
            "INSERT INTO desk.saved_view (id, account_id, name, filters)
                 SELECT gen_random_uuid(), id, 'To confirm', 'state=ended' FROM identity.account WHERE email = $1 RETURNING id",
            LIA,
        ),
        Object::Template => (
            "INSERT INTO desk.template (id, purpose, name, body, changed_by, changed_at)
                 SELECT gen_random_uuid(), 'question', 'Where', 'Where are you?', id, now()
                 FROM identity.account WHERE email = $1 RETURNING id",
            LIA,
        ),
        Object::Service => (
            "SELECT o.service_id FROM scheduling.offer o JOIN scheduling.service s ON s.id = o.service_id
                 JOIN identity.account a ON a.id = o.therapist_id
                 WHERE a.email = 'tess@demo.example' AND s.line = $1 LIMIT 1",
            family.line,
        ),
        Object::Session => (
            "SELECT s.id FROM identity.session s JOIN identity.account a ON a.id = s.account_id
                 WHERE a.email = $1 AND s.state = 'active' ORDER BY s.id DESC LIMIT 1",
            family.email,
        ),
        Object::Therapist => ("SELECT id FROM identity.account WHERE email = $1", TESS),
        Object::Upload => (
            "INSERT INTO library.item (id, owner_id, name, kind, state, bytes, created_at)
                 SELECT gen_random_uuid(), id, 'Winter', 'picture', 'uploading', 100, now()
                 FROM identity.account WHERE email = $1 RETURNING id",
            TESS,
        ),
        Object::Visit => (
            "SELECT v.id FROM scheduling.visit v JOIN people.patient p ON p.id = v.patient_id
                 JOIN identity.account a ON a.id = v.therapist_id
                 WHERE p.given_name = $1 AND a.email = 'tess@demo.example' AND v.state = 'scheduled'
                 ORDER BY lower(v.during) LIMIT 1",
            concerns.given_name(),
        ),
    };
    sqlx::query_scalar(sql)
        .bind(argument)
        .fetch_one(&clinic.house.owner)
        .await
        .unwrap_or_else(|error| panic!("{object:?}: {error}"))
}

/// The therapist is away at the time of a visit, so that the desk has to look at it.
async fn away_at(clinic: &Clinic, visit: Uuid) {
    sqlx::query(
        "INSERT INTO scheduling.time_off (id, therapist_id, during, reason)
         SELECT gen_random_uuid(), therapist_id, during, 'leave' FROM scheduling.visit WHERE id = $1",
    )
    .bind(visit)
    .execute(&clinic.house.owner)
    .await
    .expect("time off");
}

/// The visit is the second of three that repeat.
async fn in_a_series(clinic: &Clinic, visit: Uuid) {
    sqlx::query(
        "WITH one AS (
             INSERT INTO scheduling.series (id, patient_id, therapist_id, service_id, zone, first_date, minute, every_weeks,
                                            visits, created_at, created_by, created_role)
             SELECT gen_random_uuid(), patient_id, therapist_id, service_id, 'America/New_York', '2027-02-02', 600, 1, 3,
                    agreed_at, therapist_id, 'therapist' FROM scheduling.visit WHERE id = $1
             RETURNING id
         )
         UPDATE scheduling.visit SET series_id = one.id, series_place = 2 FROM one WHERE visit.id = $1",
    )
    .bind(visit)
    .execute(&clinic.house.owner)
    .await
    .expect("a series");
}

const TESS: &str = "tess@demo.example";
const LIA: &str = "lia@demo.example";

/// The family keeps the first free time of Tess.
async fn hold(clinic: &Clinic, objects: &HashMap<Object, Uuid>, cookie: &str) -> Uuid {
    let start = clinic.house.house.clock.now() + Duration::days(1);
    for quarter in 0..(4 * 24 * 7) {
        let request = Request {
            method: "POST",
            address: "/api/scheduling/take_hold".to_owned(),
            headers: &[("content-type", "application/x-www-form-urlencoded")],
            body: format!(
                "therapist={}&service={}&starts={}&for_patient={}",
                objects[&Object::Therapist],
                objects[&Object::Service],
                (start + Duration::minutes(15 * quarter)).format("%Y-%m-%dT%H:%M:00Z"),
                objects[&Object::Patient]
            ),
        };
        let answer = clinic.send(&request, Some(cookie)).await;
        if answer.status.is_success() {
            return serde_json::from_slice(&answer.body).expect("an id");
        }
    }
    panic!("Tess has no free time in a week");
}
