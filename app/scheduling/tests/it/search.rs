//! "Anyone, earliest" against the calendars asked one by one: hours in many zones around both changes of the clocks, buffers,
//! absences, dated changes, claims that run, that are over and that were given back.

#![expect(clippy::unwrap_used, reason = "a set-up that fails must stop the test")]

use crate::clinic::Clinic;
use chrono::{DateTime, Duration, Utc};
use kernel::TherapistId;
use scheduling::{
    api::view::FindView,
    model::ServiceId,
    service::{self, TimesWish, Wish},
};
use sqlx::Executor;
use uuid::Uuid;

const ZONES: [&str; 6] = [
    "America/New_York",
    "America/Phoenix",
    "America/Denver",
    "Europe/London",
    "Asia/Kolkata",
    "Pacific/Chatham",
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % limit).unwrap()
    }
}

/// Inserts rows as the owner; those that the constraints refuse are left out.
async fn plant(clinic: &Clinic, sql: String) {
    clinic.test.owner.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
}

async fn plant_therapist(clinic: &Clinic, dice: &mut Dice, number: usize, service: ServiceId) {
    let id = Uuid::now_v7();
    let zone = ZONES[number % ZONES.len()];
    let state = if number % 7 == 6 { "NY" } else { "IL" };
    let mut sql = vec![format!(
        "INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
             VALUES ('{id}', 's{number}@x.example', 's{number}@x.example', 'therapist', 'T', '{zone}', 'active', now());
         INSERT INTO people.therapist (id, name, title, about, approach, zone, languages, specialties, accepts_new, created_at)
             VALUES ('{id}', 'Same Name', 'LCSW', '', '', '{zone}', '{{en}}', '{{anxiety}}', {}, now());
         INSERT INTO people.licence VALUES ('{id}', '{state}', 'x', '2040-01-01');
         INSERT INTO scheduling.offer VALUES ('{id}', '{service}');",
        number % 11 != 10,
        service = service.uuid(),
    )];
    // One in nine has never set hours.
    if number % 9 != 8 {
        sql.push(format!("INSERT INTO scheduling.calendar VALUES ('{id}', '{zone}');"));
        for weekday in 1..=7 {
            for _ in 0..dice.below(3) {
                let from = dice.below(1_300);
                let until = (from + 30 + dice.below(400)).min(1_440);
                sql.push(format!(
                    "INSERT INTO scheduling.availability_rule VALUES ('{id}', {weekday}, {from}, {until}) ON CONFLICT DO NOTHING;"
                ));
            }
        }
        for _ in 0..dice.below(6) {
            let (day, from) = (dice.below(40), dice.below(1_200));
            let hours = if dice.below(3) == 0 {
                "NULL, NULL".to_owned()
            } else {
                format!("{from}, {}", from + 120)
            };
            sql.push(format!(
                "INSERT INTO scheduling.availability_override VALUES (gen_random_uuid(), '{id}', date '2027-03-01' + {day}, {hours})
                 ON CONFLICT DO NOTHING;"
            ));
        }
        if dice.below(3) == 0 {
            let hour = dice.below(600);
            sql.push(format!(
                "INSERT INTO scheduling.time_off VALUES (gen_random_uuid(), '{id}',
                     tstzrange(timestamptz '2027-03-02 00:00Z' + {hour} * interval '1 hour',
                               timestamptz '2027-03-04 00:00Z' + {hour} * interval '1 hour'), 'away');"
            ));
        }
    }
    // Every fourth is full for three weeks: the first look does not find three times.
    let full = number % 4 == 3;
    for claim in 0..(if full { 21 } else { dice.below(60) }) {
        let (minute, length) = if full {
            (claim * 1_440, 1_440)
        } else {
            (dice.below(50_000), 20 + dice.below(200))
        };
        sql.push(claim_of(dice, id, id, minute, length));
    }
    plant(clinic, sql.concat()).await;
}

fn claim_of(dice: &mut Dice, holder: Uuid, therapist: Uuid, minute: i64, length: i64) -> String {
    let (cause, expires) = match dice.below(4) {
        0 => (
            "hold",
            format!(
                "timestamptz '2027-03-02 13:00Z' + {} * interval '1 hour'",
                dice.below(300)
            ),
        ),
        1 => ("request", "timestamptz '2027-03-02 13:59Z'".to_owned()),
        _ => ("visit", "NULL".to_owned()),
    };
    let released = if dice.below(6) == 0 { "now()" } else { "NULL" };
    format!(
        "INSERT INTO scheduling.calendar_claim
             (id, holder_id, therapist_id, patient_id, during, cause, cause_id, expires_at, released_at)
         SELECT gen_random_uuid(), '{holder}', '{therapist}', gen_random_uuid(), tstzrange(at, at + {length} * interval '1 minute'),
                '{cause}', gen_random_uuid(), {expires}, {released}
         FROM (VALUES (timestamptz '2027-03-02 00:00Z' + {minute} * interval '1 minute')) v (at) ON CONFLICT DO NOTHING;"
    )
}

/// The first times of one therapist's own calendar, month after month.
async fn alone(clinic: &Clinic, therapist: TherapistId, service: ServiceId) -> Vec<DateTime<Utc>> {
    let (mut starts, mut month) = (Vec::new(), Some(String::new()));
    while let Some(wanted) = month.take().filter(|_| starts.len() < 3) {
        let wish = TimesWish {
            therapist,
            for_patient: None,
            service: Some(service),
            month: wanted,
            around: String::new(),
        };
        let times = service::therapist_times(&clinic.ana(), &wish).await.unwrap();
        starts.extend(times.days.iter().flat_map(|day| &day.slots).map(|slot| slot.starts));
        month = times.next_month.map(|next| next.to_string());
    }
    starts.truncate(3);
    starts
}

async fn find(clinic: &Clinic, service: ServiceId) -> FindView {
    let wish = Wish {
        service: Some(service),
        shown: u16::MAX,
        ..Wish::default()
    };
    service::find_therapists(&clinic.ana(), &wish).await.unwrap()
}

#[tokio::test]
async fn anyone_earliest_is_what_the_calendars_say_one_by_one() {
    let clinic = Clinic::start().await;
    let (service, _) = clinic.slot(&clinic.ana(), "tess", "Ana").await;
    plant(
        &clinic,
        "UPDATE scheduling.service SET buffer_before = 10, buffer_after = 15, step = 30;
         INSERT INTO scheduling.time_off VALUES (gen_random_uuid(), NULL, '[2027-03-17 05:00Z,2027-03-18 05:00Z)', 'closed')"
            .to_owned(),
    )
    .await;
    let mut dice = Dice(2_027);
    for number in 0..44 {
        plant_therapist(&clinic, &mut dice, number, service).await;
    }
    let ana = clinic.patient("Ana").uuid();
    for _ in 0..12 {
        let minute = dice.below(20_000);
        plant(
            &clinic,
            claim_of(&mut dice, ana, clinic.therapist("tess").uuid(), minute, 300),
        )
        .await;
    }
    // Before, at and after the change of the clocks in America; the last leaves Europe's ahead. Hours change meanwhile.
    for (ahead, changed) in [
        (Duration::zero(), ""),
        (
            Duration::hours(251),
            "DELETE FROM scheduling.availability_rule WHERE weekday = 2",
        ),
        (
            Duration::hours(37),
            "UPDATE scheduling.availability_rule SET ends_min = ends_min - 60 WHERE ends_min - starts_min > 120",
        ),
        (
            Duration::days(13),
            "INSERT INTO scheduling.availability_rule SELECT therapist_id, 2, 600, 700 FROM scheduling.calendar",
        ),
    ] {
        clinic.advance(ahead);
        plant(&clinic, changed.to_owned()).await;
        let found = find(&clinic, service).await;
        let firsts: Vec<_> = found
            .hits
            .iter()
            .map(|hit| hit.next.first().map(|slot| slot.starts))
            .collect();
        assert!(
            firsts.is_sorted_by_key(|first| first.unwrap_or(DateTime::<Utc>::MAX_UTC)),
            "earliest first"
        );
        assert!(
            firsts.iter().any(Option::is_none),
            "nobody is left out for want of a time"
        );
        let mut answered = 0;
        for hit in &found.hits {
            let next: Vec<_> = hit.next.iter().map(|slot| slot.starts).collect();
            assert_eq!(
                next,
                alone(&clinic, hit.face.therapist, service).await,
                "{}",
                hit.face.therapist
            );
            answered += usize::from(next.len() == 3);
        }
        assert!(answered > 20, "{answered} of {}", found.hits.len());
    }
}

#[tokio::test]
async fn only_who_is_licensed_there_offers_it_and_takes_new_patients_is_found() {
    let clinic = Clinic::start().await;
    let (service, _) = clinic.slot(&clinic.ana(), "tess", "Ana").await;
    let before = find(&clinic, service).await.hits.len();
    let mut dice = Dice(7);
    // 6 has a licence elsewhere, 10 takes nobody new, 8 has no hours yet.
    for number in [6, 8, 10] {
        plant_therapist(&clinic, &mut dice, number, service).await;
    }
    assert_eq!(find(&clinic, service).await.hits.len(), before + 1);
    // A visit with the one who takes nobody new makes the patient a known one.
    plant(
        &clinic,
        format!(
            "INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at)
             SELECT gen_random_uuid(), '{}', id, '{}', '[2026-01-01 10:00Z,2026-01-01 11:00Z)', 'ended', now()
             FROM people.therapist WHERE name = 'Same Name' AND NOT accepts_new",
            clinic.patient("Ana").uuid(),
            service.uuid()
        ),
    )
    .await;
    assert_eq!(find(&clinic, service).await.hits.len(), before + 2);
}

#[tokio::test]
async fn a_page_of_therapists_is_the_beginning_of_the_whole_list() {
    let clinic = Clinic::start().await;
    let (service, _) = clinic.slot(&clinic.ana(), "tess", "Ana").await;
    let mut dice = Dice(20);
    for number in 0..44 {
        plant_therapist(&clinic, &mut dice, number, service).await;
    }
    let whole = find(&clinic, service).await;
    let wish = |shown| Wish {
        service: Some(service),
        shown,
        ..Wish::default()
    };
    assert!(whole.hits.len() > 30 && whole.fitting == whole.hits.len());
    // Whoever asks for nothing gets a page, whoever asks for less than one too.
    for (asked, got) in [(0, 20), (3, 20), (25, 25)] {
        let page = service::find_therapists(&clinic.ana(), &wish(asked)).await.unwrap();
        assert_eq!(page.hits, whole.hits[..got]);
        assert_eq!((page.fitting, page.earliest), (whole.fitting, whole.earliest.clone()));
    }
}
