//! Agendas: pages, filters, DST, and what each role's days show.

use crate::clinic::{Clinic, code};
use chrono::Duration;
use scheduling::{
    api::view::{CareBlockKind, Standing},
    model::VisitState,
    service,
};

#[tokio::test]
async fn past_visits_page_by_key_latest_first() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    for day in 0..25_i32 {
        sqlx::query(
            "INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at, confirmed_at)
             SELECT gen_random_uuid(), $1, $2, s.id,
                    tstzrange($3 - make_interval(days => $4 + 40), $3 - make_interval(days => $4 + 40, mins => -45)),
                    'completed', $3, $3
             FROM scheduling.service s LIMIT 1",
        )
        .bind(clinic.patient("Ana").uuid())
        .bind(clinic.therapist("tess").uuid())
        .bind(clinic.now())
        .bind(day)
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    }
    let first = service::my_calendar(&ana, true, None, "").await.unwrap();
    let second = service::my_calendar(&ana, true, None, first.next.as_deref().unwrap())
        .await
        .unwrap();
    assert_eq!(
        (first.rows.len(), second.rows.len(), second.next.is_none()),
        (20, 8, true)
    );
    let starts: Vec<_> = first
        .rows
        .iter()
        .chain(&second.rows)
        .map(|row| row.when.starts)
        .collect();
    assert!(starts.windows(2).all(|pair| pair[0] > pair[1]));
    assert!(
        first
            .rows
            .iter()
            .any(|row| row.standing == Standing::Visit(VisitState::NoShow))
    );
}

#[tokio::test]
async fn a_guardian_filters_by_child_and_never_sees_another() {
    let clinic = Clinic::start().await;
    let gus = clinic.gus();
    let all = service::my_calendar(&gus, false, None, "").await.unwrap();
    assert_eq!(
        (all.people.len(), all.rows.len()),
        (2, 2),
        "a visit and a request of Bo"
    );
    let mila = service::my_calendar(&gus, false, Some(clinic.patient("Mila")), "")
        .await
        .unwrap();
    assert!(mila.rows.is_empty());
    let foreign = service::my_calendar(&gus, false, Some(clinic.patient("Ana")), "").await;
    assert_eq!(code(foreign), "not_found");
}

#[tokio::test]
async fn a_month_is_shown_in_the_patients_zone_across_the_change_of_clocks() {
    let clinic = Clinic::start().await; // early March 2027; the clocks change on 14 March
    let ana = clinic.ana();
    let times = clinic.times(&ana, "tess", "Ana").await;
    assert_eq!(
        (times.month.to_string().as_str(), times.ahead_minutes),
        ("2027-03-01", 60)
    );
    assert_eq!(
        (times.previous_month, times.next_month.map(|next| next.to_string())),
        (None, Some("2027-04-01".into()))
    );
    let first_of = |date: &str| {
        let day = times.days.iter().find(|day| day.date.to_string() == date).unwrap();
        (day.slots[0].clock.clone(), day.slots[0].starts)
    };
    // 09:00 in New York is 08:00 in Chicago on both sides of the change, an hour earlier in UTC after it.
    let (before, after) = (first_of("2027-03-12"), first_of("2027-03-15"));
    assert_eq!((before.0.as_str(), after.0.as_str()), ("08:00", "08:00"));
    assert_eq!(after.1 - before.1, Duration::days(3) - Duration::hours(1));
    assert!(times.days.iter().all(|day| !["Sat", "Sun"].contains(&&day.day[..3])));
}

#[tokio::test]
async fn a_request_is_a_kept_time_without_a_name_for_the_therapist() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let date = service::get_request(&ana, request).await.unwrap().when.date.to_string();
    let day = service::care_calendar(&tess, &date, 1).await.unwrap().days.remove(0);
    let kept: Vec<_> = day
        .blocks
        .iter()
        .filter(|block| block.kind == CareBlockKind::Kept)
        .collect();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].visit.is_none());
    let week = service::care_calendar(&tess, "", 7).await.unwrap().days;
    assert_eq!(week.len(), 7);
    let visits = week
        .iter()
        .flat_map(|day| &day.blocks)
        .filter(|block| block.visit.is_some());
    assert_eq!(visits.count(), 2, "the demo's two of today");
    assert_eq!(code(service::care_calendar(&tess, "soon", 7).await), "invalid");
}

#[tokio::test]
async fn the_filter_that_excludes_everybody_is_named() {
    let clinic = Clinic::start().await;
    let wish = service::Wish {
        specialty: "anxiety".into(),
        language: "ko".into(),
        ..Default::default()
    };
    let found = service::find_therapists(&clinic.ana(), &wish).await.unwrap();
    assert!(found.hits.is_empty());
    assert!(
        found
            .drop
            .is_some_and(|(field, count)| ["language", "specialty"].contains(&field.as_str()) && count == 1)
    );
}
