//! Calendars as days: hours as ground, counts of months, many therapists side by side, and who sees which.

use crate::clinic::{Clinic, code};
use chrono::Duration;
use scheduling::{
    api::view::{Bookable, CareBlockKind},
    service::{self, DayWish},
};

#[tokio::test]
async fn a_therapists_day_has_hours_as_ground_and_what_may_move() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let date = service::get_visit(&tess, visit).await.unwrap().when.date.to_string();
    let calendar = service::care_calendar(&tess, &date, 1).await.unwrap();
    let day = &calendar.days[0];
    assert!(!day.open.is_empty(), "a working day");
    assert!(
        day.open.windows(2).all(|pair| pair[0].1 < pair[1].0),
        "apart and in order"
    );
    let block = day
        .blocks
        .iter()
        .find(|block| block.kind == CareBlockKind::Visit)
        .unwrap();
    assert!(block.movable);
    assert!(
        day.open
            .iter()
            .any(|(from, until)| *from <= block.from_minute && block.until_minute <= *until)
    );
    assert!(!calendar.cut_off);
    let today = service::care_calendar(&tess, "", 1).await.unwrap();
    assert_eq!(today.days[0].date, today.clock.today, "one day without a date is today");
}

#[tokio::test]
async fn a_month_counts_what_its_days_hold_and_names_nobody() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let on = clinic.slot(&ana, "tess", "Ana").await.1.date;
    let of = |counts: scheduling::api::view::MonthView| {
        counts
            .days
            .iter()
            .find(|day| day.date == on)
            .map_or((0, 0), |day| (day.visits, day.kept))
    };
    let (visits, kept) = of(service::month_counts(&tess, &on.to_string(), None).await.unwrap());
    let asked = of(service::month_counts(&ana, &on.to_string(), None).await.unwrap()).1;
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let with_it = of(service::month_counts(&tess, &on.to_string(), None).await.unwrap());
    assert_eq!(with_it, (visits, kept + 1));
    assert_eq!(
        of(service::month_counts(&ana, &on.to_string(), None).await.unwrap()).1,
        asked + 1,
        "requested"
    );
    service::approve_request(&clinic.lia(), request, clinic.key())
        .await
        .unwrap();
    let after = of(service::month_counts(&tess, &on.to_string(), None).await.unwrap());
    assert_eq!(after, (visits + 1, kept));
    assert_eq!(code(service::month_counts(&clinic.lia(), "", None).await), "not_found");
    let foreign = service::month_counts(&clinic.gus(), "", Some(clinic.patient("Ana"))).await;
    assert_eq!(code(foreign), "not_found");
}

#[tokio::test]
async fn a_familys_week_shows_its_own_and_nobody_elses() {
    let clinic = Clinic::start().await;
    let (ana, gus) = (clinic.ana(), clinic.gus());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let date = service::get_visit(&ana, visit).await.unwrap().when.date.to_string();
    let week = service::my_days(&ana, &date, None).await.unwrap();
    assert_eq!(week.days.len(), 7);
    let on = week.days.iter().find(|day| day.date.to_string() == date).unwrap();
    let block = on
        .blocks
        .iter()
        .find(|block| block.row.about == Bookable::Visit(visit))
        .unwrap();
    assert_eq!(block.until_minute - block.from_minute, 45);
    let theirs = service::my_days(&gus, &date, None).await.unwrap();
    let rows = theirs.days.iter().flat_map(|day| &day.blocks);
    assert!(
        rows.into_iter()
            .all(|block| block.row.person.patient != clinic.patient("Ana"))
    );
    assert_eq!(
        code(service::my_days(&gus, &date, Some(clinic.patient("Ana"))).await),
        "not_found"
    );
    assert_eq!(code(service::my_days(&clinic.lia(), "", None).await), "not_found");
}

#[tokio::test]
async fn the_desk_sees_therapists_side_by_side_and_filters() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let starts = service::get_visit(&lia, visit).await.unwrap().when.date;
    let wish = DayWish {
        on: starts.to_string(),
        ..DayWish::default()
    };
    let day = service::desk_day(&lia, &wish).await.unwrap();
    assert!(
        day.columns.len() >= 2
            && day
                .columns
                .windows(2)
                .all(|pair| pair[0].face.name <= pair[1].face.name)
    );
    let visits = |day: &scheduling::api::view::DeskDayView| {
        day.columns
            .iter()
            .flat_map(|column| &column.blocks)
            .filter(|block| block.visit.is_some())
            .count()
    };
    assert!(visits(&day) >= 1);
    let cancelled = DayWish {
        state: "cancelled".to_owned(),
        ..wish.clone()
    };
    assert_eq!(visits(&service::desk_day(&lia, &cancelled).await.unwrap()), 0);
    let one = DayWish {
        therapist: Some(clinic.therapist("tess")),
        ..wish.clone()
    };
    assert_eq!(service::desk_day(&lia, &one).await.unwrap().columns.len(), 1);
    let last = DayWish {
        after: day.columns.last().unwrap().face.therapist.to_string(),
        ..wish.clone()
    };
    assert!(service::desk_day(&lia, &last).await.unwrap().next.is_none());
    let nobody = DayWish {
        after: uuid::Uuid::now_v7().to_string(),
        ..wish.clone()
    };
    assert_eq!(code(service::desk_day(&lia, &nobody).await), "not_found");
    assert_eq!(code(service::desk_day(&clinic.tess_acts(), &wish).await), "not_found");
}

#[tokio::test]
async fn a_calendar_of_ten_thousand_visits_answers_with_the_week_that_is_asked() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    sqlx::query(
        "INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at)
         SELECT gen_random_uuid(), $1, $2, (SELECT id FROM scheduling.service LIMIT 1),
                tstzrange($3 + make_interval(mins => 45 * n), $3 + make_interval(mins => 45 * n + 45)), 'scheduled', $3
         FROM generate_series(1, 10000) n",
    )
    .bind(clinic.patient("Ana").uuid())
    .bind(clinic.therapist("tess").uuid())
    .bind(clinic.now())
    .execute(&clinic.test.owner)
    .await
    .unwrap();
    let on = (clinic.now() + Duration::days(60)).date_naive().to_string();
    let week = service::care_calendar(&tess, &on, 7).await.unwrap();
    let blocks = week.days.iter().map(|day| day.blocks.len()).sum::<usize>();
    assert!((200..300).contains(&blocks) && !week.cut_off, "{blocks}");
    let month = service::month_counts(&tess, &on, None).await.unwrap();
    assert!(month.days.iter().map(|day| day.visits).sum::<u32>() >= 28 * 32 - 40);
    sqlx::query("UPDATE scheduling.visit SET during = tstzrange($1, $1 + interval '45 minutes') WHERE starts_at > $1")
        .bind(clinic.now() + Duration::days(60))
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    assert!(
        service::care_calendar(&tess, &on, 7).await.unwrap().cut_off,
        "a crowd is cut off and says so"
    );
}
