//! What a therapist offers otherwise than the service says: lengths, limits, a journey, named shifts, licences.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails must stop the test")]

use crate::clinic::{Clinic, code};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use kernel::Ctx;
use scheduling::{api::view::TimesView, service};

/// As the owner of the database: what staff enter by their screens.
async fn set(clinic: &Clinic, sql: &str) {
    let tess = clinic.therapist("tess");
    let sql = sql.replace("$tess", &format!("'{tess}'"));
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(&clinic.test.owner)
        .await
        .unwrap();
}

fn on(times: &TimesView, date: &str) -> usize {
    let date: NaiveDate = date.parse().unwrap();
    times
        .days
        .iter()
        .find(|day| day.date == date)
        .map_or(0, |day| day.slots.len())
}

async fn first_on(clinic: &Clinic, ctx: &Ctx, patient: &str, date: &str) -> DateTime<Utc> {
    let times = clinic.times(ctx, "tess", patient).await;
    let date: NaiveDate = date.parse().unwrap();
    let day = times.days.iter().find(|day| day.date == date).unwrap();
    day.slots[0].starts
}

#[tokio::test]
async fn own_length_distance_and_price_are_offered_and_held() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    set(
        &clinic,
        "UPDATE scheduling.offer SET minutes = 90, step = 90, price_cents = 15000 WHERE therapist_id = $tess",
    )
    .await;
    let times = clinic.times(&ana, "tess", "Ana").await;
    let service = times.service.clone().unwrap();
    assert_eq!((service.minutes, service.price.cents()), (90, 15_000));
    // 9:00 to 12:00 and 13:00 to 18:00 hold two and three visits of 90 minutes.
    assert_eq!(on(&times, "2027-03-10"), 5);
    let starts = first_on(&clinic, &ana, "Ana", "2027-03-10").await;
    let hold = service::take_hold(
        &ana,
        clinic.therapist("tess"),
        service.service,
        starts,
        clinic.patient("Ana"),
    )
    .await
    .unwrap();
    let view = clinic.hold_view(&ana, hold).await;
    assert_eq!(view.when.ends - view.when.starts, Duration::minutes(90));
    // The search says the same as the profile.
    let found = service::find_therapists(
        &clinic.noah(),
        &service::Wish {
            service: Some(service.service),
            ..Default::default()
        },
    )
    .await
    .unwrap();
    let hit = found
        .hits
        .iter()
        .find(|hit| hit.face.therapist == clinic.therapist("tess"))
        .unwrap();
    let noah = clinic.times(&clinic.noah(), "tess", "Noah").await;
    assert_eq!(hit.next[0], noah.days[0].slots[0]);
}

#[tokio::test]
async fn a_full_day_and_a_full_week_offer_nothing() {
    let clinic = Clinic::start().await;
    let (ana, noah) = (clinic.ana(), clinic.noah());
    set(
        &clinic,
        "UPDATE scheduling.offer SET day_visits = 1 WHERE therapist_id = $tess",
    )
    .await;
    let service = clinic.times(&ana, "tess", "Ana").await.service.unwrap().service;
    let starts = first_on(&clinic, &ana, "Ana", "2027-03-17").await;
    let hold = service::take_hold(&ana, clinic.therapist("tess"), service, starts, clinic.patient("Ana"))
        .await
        .unwrap();
    let for_noah = clinic.times(&noah, "tess", "Noah").await;
    assert_eq!(on(&for_noah, "2027-03-17"), 0);
    assert!(on(&for_noah, "2027-03-18") > 0);
    // The one who holds it may still choose another time of that day: it takes the place of the first.
    assert!(on(&clinic.times(&ana, "tess", "Ana").await, "2027-03-17") > 0);
    service::release_hold(&ana, hold).await.unwrap();
    assert!(on(&clinic.times(&noah, "tess", "Noah").await, "2027-03-17") > 0);

    set(
        &clinic,
        "UPDATE scheduling.offer SET day_visits = NULL WHERE therapist_id = $tess;
                  UPDATE scheduling.calendar SET week_minutes = 45 WHERE therapist_id = $tess",
    )
    .await;
    service::take_hold(&ana, clinic.therapist("tess"), service, starts, clinic.patient("Ana"))
        .await
        .unwrap();
    let for_noah = clinic.times(&noah, "tess", "Noah").await;
    for day in ["2027-03-15", "2027-03-17", "2027-03-19"] {
        assert_eq!(on(&for_noah, day), 0, "{day}");
    }
    assert!(on(&for_noah, "2027-03-22") > 0);
}

#[tokio::test]
async fn two_at_once_do_not_pass_a_limit() {
    let clinic = Clinic::start().await;
    let (ana, noah) = (clinic.ana(), clinic.noah());
    set(
        &clinic,
        "UPDATE scheduling.calendar SET day_visits = 1 WHERE therapist_id = $tess",
    )
    .await;
    let times = clinic.times(&ana, "tess", "Ana").await;
    let day = times
        .days
        .iter()
        .find(|day| day.date.to_string() == "2027-03-17")
        .unwrap();
    let service = times.service.unwrap().service;
    let tess = clinic.therapist("tess");
    let (one, other) = tokio::join!(
        service::take_hold(&ana, tess, service, day.slots[0].starts, clinic.patient("Ana")),
        service::take_hold(&noah, tess, service, day.slots[1].starts, clinic.patient("Noah")),
    );
    let taken = [one.is_ok(), other.is_ok()].iter().filter(|ok| **ok).count();
    assert_eq!(taken, 1, "{one:?} {other:?}");
    // Asked of the database alone, as if both had looked before either took: the trigger is the judge.
    let refused: Vec<String> = [one, other].into_iter().filter(Result::is_err).map(code).collect();
    assert_eq!(refused, ["slot_taken"]);
}

#[tokio::test]
async fn hours_are_read_where_the_therapist_is() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let before = first_on(&clinic, &ana, "Ana", "2027-03-17").await;
    set(
        &clinic,
        "INSERT INTO scheduling.travel_zone VALUES ($tess, '2027-03-16', 'Europe/London')",
    )
    .await;
    let after = first_on(&clinic, &ana, "Ana", "2027-03-17").await;
    // London is then four hours ahead of New York: its summer time begins two weeks later.
    assert_eq!(before - after, Duration::hours(4));
    let service = clinic.times(&ana, "tess", "Ana").await.service.unwrap().service;
    service::take_hold(&ana, clinic.therapist("tess"), service, after, clinic.patient("Ana"))
        .await
        .unwrap();
}

#[tokio::test]
async fn shifts_for_named_services_are_offered_for_them_alone() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let service = clinic.times(&ana, "tess", "Ana").await.service.unwrap().service;
    let other = uuid::Uuid::now_v7();
    set(&clinic, &format!("UPDATE scheduling.availability_rule SET service_ids = ARRAY['{other}'::uuid] WHERE therapist_id = $tess AND starts_min = 540;
                           UPDATE scheduling.availability_rule SET service_ids = ARRAY['{service}'::uuid] WHERE therapist_id = $tess AND starts_min = 780")).await;
    let times = clinic.times(&ana, "tess", "Ana").await;
    assert_eq!(on(&times, "2027-03-10"), 5);
    let noon = first_on(&clinic, &ana, "Ana", "2027-03-10").await;
    // What is not offered is not taken either.
    let refused = service::take_hold(
        &ana,
        clinic.therapist("tess"),
        service,
        noon - Duration::hours(3),
        clinic.patient("Ana"),
    )
    .await;
    assert_eq!(code(refused), "slot_taken");
}

#[tokio::test]
async fn a_licence_counts_on_the_day_of_the_visit() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let service = clinic.times(&ana, "tess", "Ana").await.service.unwrap().service;
    let late = first_on(&clinic, &ana, "Ana", "2027-03-17").await;
    let request = clinic.request(&ana, "tess", "Ana", "Sleep").await;
    let asked = service::get_request(&ana, request).await.unwrap().when.date;
    set(
        &clinic,
        "UPDATE people.licence SET valid_until = '2027-03-16' WHERE therapist_id = $tess AND state_code = 'IL'",
    )
    .await;
    let times = clinic.times(&ana, "tess", "Ana").await;
    assert_eq!(on(&times, "2027-03-17"), 0);
    assert!(on(&times, "2027-03-16") > 0);
    let refused = service::take_hold(&ana, clinic.therapist("tess"), service, late, clinic.patient("Ana")).await;
    assert_eq!(code(refused), "no_licence");
    let last_day = (asked - chrono::Days::new(1)).to_string();
    set(
        &clinic,
        &format!(
            "UPDATE people.licence SET valid_until = '{last_day}' WHERE therapist_id = $tess AND state_code = 'IL'"
        ),
    )
    .await;
    assert_eq!(
        code(service::approve_request(&lia, request, clinic.key()).await),
        "no_licence"
    );
}

#[tokio::test]
async fn terms_say_who_may_book() {
    let clinic = Clinic::start().await;
    let (ana, noah) = (clinic.ana(), clinic.noah());
    // Ana has met Tess, Noah has not.
    let offered = async |ctx: &Ctx, patient: &str| clinic.times(ctx, "tess", patient).await.services.len();
    let plain = (offered(&ana, "Ana").await, offered(&noah, "Noah").await);
    set(
        &clinic,
        "UPDATE scheduling.offer SET booker = 'known' WHERE therapist_id = $tess",
    )
    .await;
    assert_eq!((offered(&ana, "Ana").await, offered(&noah, "Noah").await), (plain.0, 0));
    set(
        &clinic,
        "UPDATE scheduling.offer SET booker = 'new' WHERE therapist_id = $tess",
    )
    .await;
    assert_eq!((offered(&ana, "Ana").await, offered(&noah, "Noah").await), (0, plain.1));
    set(
        &clinic,
        "UPDATE scheduling.offer SET booker = NULL WHERE therapist_id = $tess",
    )
    .await;
    let service = clinic.times(&ana, "tess", "Ana").await.service.unwrap().service;
    let starts = first_on(&clinic, &ana, "Ana", "2027-03-17").await;
    set(
        &clinic,
        "UPDATE scheduling.offer SET booker = 'nobody' WHERE therapist_id = $tess",
    )
    .await;
    assert_eq!(offered(&ana, "Ana").await, 0);
    let refused = service::take_hold(&ana, clinic.therapist("tess"), service, starts, clinic.patient("Ana")).await;
    assert_eq!(code(refused), "not_found");
    let found = service::find_therapists(
        &ana,
        &service::Wish {
            service: Some(service),
            ..Default::default()
        },
    )
    .await
    .unwrap();
    assert!(
        found
            .hits
            .iter()
            .all(|hit| hit.face.therapist != clinic.therapist("tess"))
    );
}

#[tokio::test]
async fn ages_are_those_of_the_day() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let id = clinic.patient("Ana");
    set(
        &clinic,
        &format!(
            "UPDATE people.patient SET birth_date = '1990-03-12' WHERE id = '{id}';
                           UPDATE scheduling.offer SET age_from = 37, age_until = 60 WHERE therapist_id = $tess"
        ),
    )
    .await;
    let service = service::find_therapists(&ana, &service::Wish::default())
        .await
        .unwrap()
        .service
        .unwrap()
        .service;
    let take = async |starts: &str| {
        service::take_hold(
            &ana,
            clinic.therapist("tess"),
            service,
            starts.parse().unwrap(),
            clinic.patient("Ana"),
        )
        .await
    };
    // 37 on 12 March 2027, by the patient's clock.
    assert_eq!(code(take("2027-03-11T18:00:00Z").await), "not_found");
    take("2027-03-12T18:00:00Z").await.unwrap();
}
