//! Moved together, by the calendar and the clock.

use super::{ana_weekly, at, hindrances, in_the_way, visits};
use crate::clinic::{Clinic, code};
use kernel::{Ctx, VisitId};
use scheduling::{
    Error,
    api::view::HindranceKind,
    service::{self, MoveMany, Moving, WantedTime},
};

async fn move_many(
    clinic: &Clinic,
    ctx: &Ctx,
    visit: VisitId,
    extent: &str,
    (date, clock): (&str, &str),
    leave: bool,
) -> Result<Moving, Error> {
    let wish = MoveMany {
        visit,
        extent,
        time: WantedTime {
            starts: "",
            date,
            clock,
        },
        reason: "patient_asked",
        words: "As we agreed",
        leave,
        key: clinic.key(),
    };
    service::move_series(ctx, &wish).await
}

/// How many moved and how many stayed.
fn gone(answer: &Moving) -> (usize, u16) {
    match answer {
        Moving::Moved(moved) => (moved.moved.len(), moved.left),
        Moving::Hindered(shown) => panic!("hindered: {shown:?}"),
    }
}

#[tokio::test]
async fn this_and_the_following_move_by_the_calendar() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let series = ana_weekly(&clinic, "4").await;
    let before = visits(&clinic, &series).await;
    let second = before[1].0;
    // A family moves one visit at a time.
    let by_family = move_many(&clinic, &ana, second, "all", ("2027-03-17", "17:00"), false).await;
    assert_eq!(code(by_family), "not_found");
    let wish = MoveMany {
        visit: second,
        extent: "following",
        time: WantedTime {
            starts: "",
            date: "2027-03-17",
            clock: "17:00",
        },
        reason: "patient_asked",
        words: "As we agreed",
        leave: false,
        key: clinic.key(),
    };
    let moved = service::move_series(&tess, &wish).await.unwrap();
    assert_eq!(gone(&moved), (3, 0));
    assert_eq!(
        moved,
        service::move_series(&tess, &wish).await.unwrap(),
        "pressed twice"
    );
    let starts: Vec<_> = visits(&clinic, &series)
        .await
        .into_iter()
        .map(|(_, at, _)| at)
        .collect();
    assert_eq!(
        starts,
        [
            before[0].1,
            at("2027-03-17T21:00:00Z"),
            at("2027-03-24T21:00:00Z"),
            at("2027-03-31T21:00:00Z")
        ]
    );
    let last = service::get_visit(&ana, before[3].0).await.unwrap().history;
    let step = last.last().unwrap();
    assert_eq!(
        (
            step.to.as_str(),
            step.by.as_str(),
            step.why.as_str(),
            step.words.as_str()
        ),
        ("moved", "therapist", "patient_asked", "As we agreed")
    );
    assert_eq!(step.was.as_ref().unwrap().starts, before[3].1);
    assert_eq!(step.becomes.as_ref().unwrap().starts, starts[3]);
    assert_eq!(clinic.events("scheduling.series_moved").await, 1);
    assert_eq!(clinic.events("scheduling.visit_moved").await, 0);
}

#[tokio::test]
async fn a_series_moves_over_its_own_times_in_both_directions() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let series = ana_weekly(&clinic, "4").await;
    let before = visits(&clinic, &series).await;
    let a_week_on = move_many(&clinic, &tess, before[0].0, "all", ("2027-03-16", "16:30"), false).await;
    assert_eq!(gone(&a_week_on.unwrap()), (4, 0));
    let after = visits(&clinic, &series).await;
    assert_eq!(after[0].1, before[1].1);
    assert_eq!(after[2].1, before[3].1);
    let back = move_many(&clinic, &tess, before[0].0, "all", ("2027-03-09", "16:30"), false).await;
    assert_eq!(gone(&back.unwrap()), (4, 0));
    assert_eq!(visits(&clinic, &series).await, before);
    // A quarter of an hour, over half of what each of them takes itself.
    let a_little = move_many(&clinic, &tess, before[0].0, "all", ("2027-03-09", "16:45"), false).await;
    assert_eq!(gone(&a_little.unwrap()), (4, 0));
}

#[tokio::test]
async fn one_that_stays_keeps_its_time_from_those_behind_it() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let series = ana_weekly(&clinic, "4").await;
    let before = visits(&clinic, &series).await;
    let day = before[2].1.date_naive().to_string();
    let absence = service::AbsenceForm {
        first: &day,
        last: &day,
        reason: "Conference",
        colleague: "",
    };
    service::add_time_off(&tess, None, absence).await.unwrap();
    let a_week_on = ("2027-03-16", "16:30");
    let listed = move_many(&clinic, &tess, before[0].0, "all", a_week_on, false).await;
    let Moving::Hindered(shown) = listed.unwrap() else {
        panic!("nothing was in the way");
    };
    // The second would come to the day off and stays; the first would come to where the second stands.
    let busy = Some(HindranceKind::TherapistBusy);
    assert_eq!(hindrances(&shown), [busy, Some(HindranceKind::Away), None, None]);
    let moved = move_many(&clinic, &tess, before[0].0, "all", a_week_on, true).await;
    assert_eq!(gone(&moved.unwrap()), (2, 2));
    let after = visits(&clinic, &series).await;
    assert_eq!((after[0].1, after[1].1), (before[0].1, before[1].1));
    assert_eq!(after[2].1, before[3].1);
}

#[tokio::test]
async fn what_is_hindered_is_listed_and_stays_only_if_that_is_chosen() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let series = ana_weekly(&clinic, "4").await;
    let before = visits(&clinic, &series).await;
    in_the_way(&clinic, clinic.patient("Noah"), "2027-03-24T21:00:00Z").await;
    // One was put elsewhere by itself: it keeps its place.
    let wish = service::Move {
        visit: before[3].0,
        time: WantedTime::at("2027-04-01T18:00:00Z"),
        therapist: None,
        reason: "patient_asked",
        words: "",
        overbook: "",
        overbook_words: "",
        key: clinic.key(),
    };
    service::move_visit(&tess, &wish).await.unwrap();
    let to = ("2027-03-10", "17:00");
    let Moving::Hindered(shown) = move_many(&clinic, &tess, before[0].0, "all", to, false).await.unwrap() else {
        panic!("nothing was in the way");
    };
    assert_eq!(hindrances(&shown), [None, None, Some(HindranceKind::TherapistBusy)]);
    assert_eq!(shown[2].hindrance.as_ref().unwrap().with, "Noah Fischer");
    assert_eq!(visits(&clinic, &series).await[..3], before[..3], "nothing was changed");
    let moved = move_many(&clinic, &tess, before[0].0, "all", to, true).await.unwrap();
    assert_eq!(gone(&moved), (2, 2));
    let after = visits(&clinic, &series).await;
    assert_eq!(after[0].1, at("2027-03-10T22:00:00Z"));
    assert_eq!((after[2].1, after[3].1), (before[2].1, at("2027-04-01T18:00:00Z")));
}

#[tokio::test]
async fn one_visit_that_moves_alone_leaves_the_clock_of_its_series() {
    let clinic = Clinic::start().await;
    let series = ana_weekly(&clinic, "3").await;
    let rows = visits(&clinic, &series).await;
    let reading = || async {
        sqlx::query_scalar::<_, i16>("SELECT minute FROM scheduling.series WHERE id = $1")
            .bind(series.series.uuid())
            .fetch_one(&clinic.test.owner)
            .await
            .unwrap()
    };
    let before = reading().await;
    let last = rows[2].0;
    let moved = move_many(
        &clinic,
        &clinic.tess_acts(),
        last,
        "following",
        ("2027-03-23", "17:45"),
        false,
    )
    .await;
    assert_eq!(gone(&moved.unwrap()), (1, 0));
    assert_eq!(reading().await, before, "the others stay at their time");
    let moved = move_many(
        &clinic,
        &clinic.tess_acts(),
        rows[0].0,
        "all",
        ("2027-03-09", "17:00"),
        false,
    )
    .await;
    assert_eq!(gone(&moved.unwrap()), (2, 1));
    assert_eq!(reading().await, 17 * 60);
}
