//! Agreed visits get another time or therapist: in one step, by whoever may, with what is left behind in the history.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails must stop the test")]

use crate::clinic::{Clinic, code};
use chrono::{DateTime, Duration, Utc};
use kernel::{Ctx, VisitId};
use scheduling::{
    Error,
    model::VisitState,
    service::{self, Move, Moved, WantedTime},
};
use std::sync::Arc;
use tokio::task::JoinSet;

fn to<'a>(clinic: &Clinic, visit: VisitId, starts: &'a str) -> Move<'a> {
    Move {
        visit,
        time: WantedTime::at(starts),
        therapist: None,
        reason: "patient_asked",
        words: "",
        overbook: "",
        overbook_words: "",
        key: clinic.key(),
    }
}

async fn move_to(clinic: &Clinic, ctx: &Ctx, visit: VisitId, starts: DateTime<Utc>) -> Result<Moved, Error> {
    service::move_visit(ctx, &to(clinic, visit, &starts.to_rfc3339())).await
}

async fn starts_of(ctx: &Ctx, visit: VisitId) -> DateTime<Utc> {
    service::get_visit(ctx, visit).await.unwrap().when.starts
}

/// Live claims on anybody for this visit.
async fn claims(clinic: &Clinic, visit: VisitId) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    sqlx::query_as(
        "SELECT starts_at, ends_at FROM scheduling.calendar_claim WHERE cause_id = $1 AND released_at IS NULL ORDER BY 1",
    )
    .bind(visit.uuid())
    .fetch_all(&clinic.test.owner)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_patient_moves_to_an_offered_time_and_the_old_one_is_free() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let old = starts_of(&ana, visit).await;
    let (_, slot) = clinic.slot(&ana, "tess", "Ana").await;
    let starts = slot.starts.to_rfc3339();
    let wish = to(&clinic, visit, &starts);
    let moved = service::move_visit(&ana, &wish).await.unwrap();
    assert_eq!(
        moved,
        service::move_visit(&ana, &wish).await.unwrap(),
        "pressed twice, moved once"
    );
    assert_eq!((moved.previous, moved.overbooked), (old, false));

    let view = service::get_visit(&ana, visit).await.unwrap();
    assert_eq!((view.when.starts, view.state), (slot.starts, VisitState::Scheduled));
    let step = view.history.last().unwrap();
    assert_eq!((step.to.as_str(), step.by.as_str()), ("moved", "patient"));
    assert_eq!(step.was.as_ref().unwrap().starts, old);
    assert_eq!(step.becomes.as_ref().unwrap().starts, slot.starts);
    assert_eq!(clinic.events("scheduling.visit_moved").await, 1);
    let times = clinic.times(&ana, "tess", "Ana").await;
    let offered: Vec<_> = times
        .days
        .iter()
        .flat_map(|day| &day.slots)
        .map(|slot| slot.starts)
        .collect();
    assert!(offered.contains(&old) && !offered.contains(&slot.starts));
    assert_eq!(claims(&clinic, visit).await.len(), 2);

    // Moving back is the undo.
    let undone = move_to(&clinic, &ana, visit, moved.previous).await.unwrap();
    assert_eq!(undone.previous, slot.starts);
    assert_eq!(starts_of(&ana, visit).await, old);
}

#[tokio::test]
async fn a_refused_move_changes_nothing_and_names_the_nearest_times() {
    let clinic = Clinic::start().await;
    let (ana, noah) = (clinic.ana(), clinic.noah());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let before = claims(&clinic, visit).await;
    let taken = clinic.visit(&noah, "tess", "Noah").await;
    let there = starts_of(&noah, taken).await;
    let starts = there.to_rfc3339();
    let wish = to(&clinic, visit, &starts);
    assert_eq!(code(service::move_visit(&ana, &wish).await), "slot_taken");
    assert_eq!(claims(&clinic, visit).await, before);
    let nearest = service::nearest_to_move(&ana, &wish).await.unwrap();
    assert_eq!(nearest.len(), 3);
    assert!(nearest.iter().all(|slot| slot.starts != there));
    move_to(&clinic, &ana, visit, nearest[0].starts).await.unwrap();
}

#[tokio::test]
async fn the_patients_side_keeps_to_the_cut_off_and_to_offered_times() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let at = starts_of(&ana, visit).await;
    let (_, slot) = clinic.slot(&ana, "tess", "Ana").await;
    let off_grid = slot.starts + Duration::minutes(5);
    assert_eq!(code(move_to(&clinic, &ana, visit, off_grid).await), "slot_taken");
    let overbook = Move {
        overbook: "urgent",
        ..to(&clinic, visit, "2027-03-09T15:00:00Z")
    };
    assert_eq!(code(service::move_visit(&ana, &overbook).await), "not_found");
    clinic.advance(at - clinic.now() - Duration::hours(24) + Duration::seconds(1));
    assert_eq!(code(move_to(&clinic, &ana, visit, slot.starts).await), "too_late");
    assert!(!service::get_visit(&ana, visit).await.unwrap().acts.reschedule);
    // Staff move it all the same, also off the grid, and say why.
    let without = Move {
        reason: "",
        ..to(&clinic, visit, "2027-03-20T03:10:00Z")
    };
    assert_eq!(code(service::move_visit(&tess, &without).await), "invalid");
    let back_in_time = move_to(&clinic, &tess, visit, clinic.now() - Duration::hours(1)).await;
    assert_eq!(code(back_in_time), "invalid");
    move_to(&clinic, &tess, visit, off_grid).await.unwrap();
    let step = service::get_visit(&ana, visit).await.unwrap().history.pop().unwrap();
    assert_eq!((step.by.as_str(), step.why.as_str()), ("therapist", "patient_asked"));
}

#[tokio::test]
async fn nobody_moves_what_is_not_theirs() {
    let clinic = Clinic::start().await;
    let (ana, gus) = (clinic.ana(), clinic.gus());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let (_, slot) = clinic.slot(&ana, "tess", "Ana").await;
    for ctx in [gus, clinic.noah(), clinic.theo_acts()] {
        assert_eq!(
            code(move_to(&clinic, &ctx, visit, slot.starts).await),
            "not_found",
            "{}",
            ctx.actor.role
        );
    }
    // Nor does a therapist give it to somebody else: that is for the desk.
    let starts = slot.starts.to_rfc3339();
    let away = Move {
        therapist: Some(clinic.therapist("mara")),
        ..to(&clinic, visit, &starts)
    };
    assert_eq!(code(service::move_visit(&clinic.tess_acts(), &away).await), "not_found");
    assert_eq!(code(service::move_visit(&ana, &away).await), "not_found");
    // One floor below as well.
    let mut tx = clinic.test.house.db.begin(&ana.actor).await.unwrap();
    let forged =
        sqlx::query("SELECT scheduling.move_visit($1, $2, during, during, false) FROM scheduling.visit WHERE id = $1")
            .bind(visit.uuid())
            .bind(clinic.therapist("mara").uuid())
            .execute(&mut *tx)
            .await;
    assert!(forged.is_err());
}

#[tokio::test]
async fn the_desk_gives_a_visit_to_another_therapist() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let at = starts_of(&ana, visit).await;
    let starts = at.to_rfc3339();
    let take_over = |name: &str| Move {
        therapist: Some(clinic.therapist(name)),
        reason: "therapist_away",
        words: "Tess is away that week.",
        ..to(&clinic, visit, &starts)
    };
    // Theo works with children and offers no such service.
    assert_eq!(code(service::move_visit(&lia, &take_over("theo")).await), "not_found");
    let licensed: Vec<String> = service::find_therapists(&ana, &service::Wish::default())
        .await
        .unwrap()
        .hits
        .into_iter()
        .map(|hit| hit.face.name)
        .collect();
    let (other, name) = [("mara", "Mara"), ("june", "June"), ("sami", "Sami")]
        .into_iter()
        .find(|(_, name)| licensed.iter().any(|hit| hit.starts_with(name)))
        .expect("a second therapist for Ana");
    let moved = service::move_visit(&lia, &take_over(other)).await.unwrap();
    assert_eq!(moved.previous_therapist, clinic.therapist("tess"));
    let view = service::get_visit(&ana, visit).await.unwrap();
    assert!(view.therapist.name.starts_with(name));
    let step = view.history.last().unwrap();
    assert_eq!(step.was_therapist.as_deref(), Some("Tess Moreno"));
    assert_eq!(step.words, "Tess is away that week.");
    let held: Vec<uuid::Uuid> = sqlx::query_scalar(
        "SELECT DISTINCT therapist_id FROM scheduling.calendar_claim WHERE cause_id = $1 AND released_at IS NULL",
    )
    .bind(visit.uuid())
    .fetch_all(&clinic.test.owner)
    .await
    .unwrap();
    assert_eq!(
        held,
        [clinic.therapist(other).uuid()],
        "nothing of Tess is held any more"
    );
    let sealed: Vec<u8> =
        sqlx::query_scalar("SELECT words FROM scheduling.visit_history WHERE visit_id = $1 AND to_state = 'moved'")
            .bind(visit.uuid())
            .fetch_one(&clinic.test.owner)
            .await
            .unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("away"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_visits_want_one_time() {
    let clinic = Arc::new(Clinic::start().await);
    let lia = clinic.lia();
    let tess = clinic.therapist("tess");
    let (service_id, slot) = clinic.slot(&clinic.ana(), "tess", "Ana").await;
    let mut visits = Vec::new();
    for number in 0..50_i32 {
        let (_, patient) = clinic.newcomer(usize::try_from(number).unwrap()).await;
        let starts = (clinic.now() + Duration::days(20) + Duration::hours(2) * number).to_rfc3339();
        let plan = service::Plan {
            patient,
            therapist: Some(tess),
            service: service_id,
            time: WantedTime::at(&starts),
            minutes: "",
            message: "",
            overbook: "",
            overbook_words: "",
            key: clinic.key(),
        };
        visits.push(service::plan_visit(&lia, &plan).await.unwrap().visit);
    }
    let mut race = JoinSet::new();
    for visit in visits {
        let (clinic, lia) = (clinic.clone(), lia.clone());
        race.spawn(async move { move_to(&clinic, &lia, visit, slot.starts).await });
    }
    let answers = race.join_all().await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 49));
    assert!(lost.into_iter().all(|answer| code(answer) == "slot_taken"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_liaisons_move_one_visit_one_after_the_other() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let at = starts_of(&ana, visit).await;
    let (one, two) = (clinic.lia(), clinic.lia());
    let (a, b) = (at + Duration::days(1), at + Duration::days(2));
    let (first, second) = tokio::join!(move_to(&clinic, &one, visit, a), move_to(&clinic, &two, visit, b));
    let (first, second) = (first.unwrap(), second.unwrap());
    // Whoever came second sees where the first had put it.
    assert!((first.previous == at && second.previous == a) || (second.previous == at && first.previous == b));
    assert_eq!(claims(&clinic, visit).await.len(), 2);
}

#[tokio::test]
async fn a_visit_may_move_over_its_own_time() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let at = starts_of(&ana, visit).await;
    move_to(&clinic, &tess, visit, at + Duration::minutes(15))
        .await
        .unwrap();
    assert_eq!(
        code(move_to(&clinic, &tess, visit, at + Duration::minutes(15)).await),
        "already_done"
    );
}
