//! Seen before they are planned: what is in the way of each, as far as the actor may know.

use super::{ana_weekly, at, hindrances, in_the_way, service_of, visits, weekly};
use crate::clinic::{Clinic, code};
use chrono::Duration;
use scheduling::{
    api::{
        RulesPlace,
        view::{HindranceKind, OccurrenceView},
    },
    service::{self, CancelMany, Move, RulesInput, SeriesWish, WantedTime},
};

#[tokio::test]
async fn what_is_in_the_way_is_listed_as_far_as_the_actor_may_know() {
    let clinic = Clinic::start().await;
    let (ana, tess, lia) = (clinic.ana(), clinic.tess_acts(), clinic.lia());
    let (service_id, slot) = clinic.slot(&ana, "tess", "Ana").await;
    let first = slot.starts.to_rfc3339();
    let later = |weeks: i64| slot.starts + Duration::weeks(weeks);
    let mut wish = SeriesWish {
        time: WantedTime::at(&first),
        ..weekly(clinic.patient("Ana"), None, service_id, "4")
    };
    // A time kept by a stranger: Tess learns that something is kept, and no name (R14).
    let (other, stranger) = clinic.newcomer(1).await;
    service::take_hold(&other, clinic.therapist("tess"), service_id, slot.starts, stranger)
        .await
        .unwrap();
    in_the_way(&clinic, clinic.patient("Noah"), &later(1).to_rfc3339()).await;
    let day = later(2).date_naive().to_string();
    let absence = service::AbsenceForm {
        first: &day,
        last: &day,
        reason: "Conference",
        colleague: "",
    };
    service::add_time_off(&tess, None, absence).await.unwrap();
    let seen = service::preview_series(&tess, &wish).await.unwrap().occurrences;
    assert_eq!(
        hindrances(&seen),
        [
            Some(HindranceKind::TherapistBusy),
            Some(HindranceKind::TherapistBusy),
            Some(HindranceKind::Away),
            None
        ]
    );
    let met = |seen: &[OccurrenceView], index: usize| seen[index].hindrance.as_ref().unwrap().with.clone();
    assert_eq!(
        (met(&seen, 0), met(&seen, 1)),
        (String::new(), "Noah Fischer".to_owned())
    );
    assert!(!seen[1].instead.is_empty());
    assert!(seen[1].instead.iter().all(|slot| slot.starts != seen[1].when.starts));
    assert!(!seen[3].outside_hours);

    // Whom else a patient meets is the desk's to know, and not that of a therapist.
    in_the_way(&clinic, clinic.patient("Ana"), &seen[3].when.starts.to_rfc3339()).await;
    let of_june = clinic.times(&ana, "june", "Ana").await.service.unwrap().service;
    wish = SeriesWish {
        therapist: Some(clinic.therapist("june")),
        service: of_june,
        ..wish
    };
    let seen = service::preview_series(&lia, &wish).await.unwrap().occurrences;
    let busy = seen.iter().find_map(|one| {
        let hindrance = one.hindrance.as_ref()?;
        (hindrance.kind == HindranceKind::PatientBusy).then_some(hindrance.with.clone())
    });
    assert!(busy.is_some_and(|with| with.contains("Tess")), "{seen:?}");
    assert_eq!(code(service::preview_series(&tess, &wish).await), "not_found");
}

#[tokio::test]
async fn who_never_set_hours_is_away_and_licensed_like_everybody_else() {
    let clinic = Clinic::start().await;
    let (tess, lia) = (clinic.tess_acts(), clinic.lia());
    let wish = weekly(
        clinic.patient("Ana"),
        Some(clinic.therapist("tess")),
        service_of(&clinic).await,
        "4",
    );
    let day = "2027-03-16";
    let absence = service::AbsenceForm {
        first: day,
        last: day,
        reason: "Conference",
        colleague: "",
    };
    service::add_time_off(&tess, None, absence).await.unwrap();
    for sql in [
        "DELETE FROM scheduling.availability_rule WHERE therapist_id = $1",
        "DELETE FROM scheduling.availability_override WHERE therapist_id = $1",
        "DELETE FROM scheduling.calendar WHERE therapist_id = $1",
        "UPDATE people.licence SET valid_until = '2027-03-24' WHERE therapist_id = $1",
    ] {
        let tess = clinic.therapist("tess").uuid();
        sqlx::query(sql).bind(tess).execute(&clinic.test.owner).await.unwrap();
    }
    let expected = [None, Some(HindranceKind::Away), None, Some(HindranceKind::NoLicence)];
    for ctx in [&tess, &lia] {
        let seen = service::preview_series(ctx, &wish).await.unwrap().occurrences;
        assert_eq!(hindrances(&seen), expected);
    }
}

#[tokio::test]
async fn the_preview_judges_each_visit_by_the_rules_of_whoever_gives_it() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let series = ana_weekly(&clinic, "3").await;
    let rows = visits(&clinic, &series).await;
    // June takes the second one over and wants to know a week before.
    let over = Move {
        visit: rows[1].0,
        time: WantedTime::at("2027-03-17T18:00:00Z"),
        therapist: Some(clinic.therapist("june")),
        reason: "therapist_away",
        words: "",
        overbook: "",
        overbook_words: "",
        key: clinic.key(),
    };
    service::move_visit(&clinic.lia(), &over).await.unwrap();
    let of_june = RulesPlace {
        group: "notice".to_owned(),
        therapist: clinic.therapist("june").to_string(),
        ..RulesPlace::default()
    };
    let seen = service::rules_page(&clinic.ada(), &of_june).await.unwrap().number;
    let values = [("cut_off".to_owned(), "168".to_owned())].into();
    let input = RulesInput {
        place: &of_june,
        values: &values,
        reason: "We try this",
        from: "",
        seen,
    };
    service::save_rules(&clinic.ada(), &input, clinic.key()).await.unwrap();
    clinic.advance(at("2027-03-17T18:00:00Z") - clinic.now() - Duration::days(6));
    let shown = service::series_of_visit(&ana, rows[2].0, "all").await.unwrap();
    let late = |visit| shown.visits.iter().find(|one| one.visit == visit).map(|one| one.late);
    assert_eq!((late(rows[1].0), late(rows[2].0)), (Some(true), Some(false)));
    let wish = CancelMany {
        visit: rows[2].0,
        extent: "all",
        reason: "not_needed",
        words: "",
        key: clinic.key(),
    };
    service::cancel_series(&ana, &wish).await.unwrap();
    let then: bool = sqlx::query_scalar("SELECT cancel_late FROM scheduling.visit WHERE id = $1")
        .bind(rows[1].0.uuid())
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert!(then, "the cancellation does what the preview said");
}
