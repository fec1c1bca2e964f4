//! The therapist's hours: what patients are offered follows at once, what is agreed stays.

use crate::clinic::{Clinic, code};
use scheduling::{
    api::ShiftInput,
    service::{self, AbsenceForm},
};

fn shift(weekday: &str, from: &str, until: &str) -> ShiftInput {
    ShiftInput {
        weekday: weekday.into(),
        from: from.into(),
        until: until.into(),
        services: String::new(),
    }
}

fn absence<'a>(first: &'a str, last: &'a str, reason: &'a str) -> AbsenceForm<'a> {
    AbsenceForm {
        first,
        last,
        reason,
        colleague: "",
    }
}

#[tokio::test]
async fn new_hours_are_offered_and_old_visits_stay() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    service::save_availability(
        &tess,
        None,
        &[shift("sun", "10:00", "12:00"), shift("sun", "14:00", "24:00")],
    )
    .await
    .unwrap();
    let view = service::get_availability(&tess, None).await.unwrap();
    assert_eq!(
        view.shifts.iter().map(|row| row.until.as_str()).collect::<Vec<_>>(),
        ["12:00", "24:00"]
    );
    assert!(
        view.affected
            .iter()
            .any(|row| row.about == scheduling::api::view::Bookable::Visit(visit))
    );
    let times = clinic.times(&ana, "tess", "Ana").await;
    assert!(times.days.iter().all(|day| day.day.starts_with("Sun")));
    assert_eq!(
        service::get_visit(&ana, visit).await.unwrap().state.as_str(),
        "scheduled"
    );
}

#[tokio::test]
async fn a_dated_change_and_an_absence_rule_their_days() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let slots_of = async |date: &str| {
        let times = clinic.times(&ana, "tess", "Ana").await;
        times
            .days
            .iter()
            .find(|day| day.date.to_string() == date)
            .map_or(0, |day| day.slots.len())
    };
    assert_eq!(slots_of("2027-03-10").await, 8);
    service::add_override(&tess, None, "2027-03-10", "09:00", "11:00")
        .await
        .unwrap();
    assert_eq!(slots_of("2027-03-10").await, 2);
    assert_eq!(
        code(service::add_override(&tess, None, "2027-03-10", "10:00", "12:00").await),
        "invalid"
    );
    service::add_override(&tess, None, "2027-03-10", "", "").await.unwrap();
    assert_eq!(slots_of("2027-03-10").await, 0);
    let change = service::get_availability(&tess, None)
        .await
        .unwrap()
        .overrides
        .remove(0);
    assert_eq!(
        code(service::remove_override(&clinic.theo_acts(), None, change.id).await),
        "not_found"
    );
    service::remove_override(&tess, None, change.id).await.unwrap();
    assert_eq!(slots_of("2027-03-10").await, 8);

    service::add_time_off(&tess, None, absence("2027-03-10", "2027-03-11", "Conference"))
        .await
        .unwrap();
    assert_eq!(
        (
            slots_of("2027-03-10").await,
            slots_of("2027-03-11").await,
            slots_of("2027-03-12").await
        ),
        (0, 0, 8)
    );
    let absence = service::get_availability(&tess, None).await.unwrap().time_off.remove(0);
    assert_eq!(
        (absence.when.day.as_str(), absence.last_day.as_str()),
        ("Wed 10 Mar", "Thu 11 Mar")
    );
    service::remove_time_off(&tess, None, absence.id).await.unwrap();
    assert_eq!(slots_of("2027-03-10").await, 8);
}

#[tokio::test]
async fn yesterday_cannot_be_changed() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    assert_eq!(
        code(service::add_override(&tess, None, "2027-02-28", "", "").await),
        "invalid"
    );
    assert_eq!(
        code(service::add_time_off(&tess, None, absence("2027-02-28", "", "Ill")).await),
        "invalid"
    );
    assert_eq!(
        code(service::add_time_off(&tess, None, absence("2027-03-10", "2027-03-09", "Ill")).await),
        "invalid"
    );
    assert_eq!(
        code(service::save_availability(&clinic.ana(), None, &[]).await),
        "not_found"
    );
}

#[tokio::test]
async fn who_is_away_names_a_colleague_and_every_visit_gets_a_way_out() {
    let clinic = Clinic::start().await;
    let (ana, tess, lia) = (clinic.ana(), clinic.tess_acts(), clinic.lia());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let when = service::get_visit(&ana, visit).await.unwrap().when;
    let day = when.date.to_string();
    let away = |colleague: Option<&str>| {
        let colleague = colleague
            .map(|name| clinic.therapist(name).to_string())
            .unwrap_or_default();
        let (tess, day) = (tess.clone(), day.clone());
        async move {
            let form = AbsenceForm {
                colleague: &colleague,
                ..absence(&day, &day, "Conference")
            };
            service::add_time_off(&tess, None, form).await
        }
    };
    // Nobody stands in for oneself, and nobody who is not there.
    assert_eq!(code(away(Some("tess")).await), "invalid");
    away(None).await.unwrap();
    let view = service::get_availability(&tess, None).await.unwrap();
    let row = view.inside_absences.iter().find(|row| row.visit == visit).unwrap();
    let later = row.way_out.clone().unwrap();
    assert!(!later.colleague && later.starts > when.starts && later.when.date != when.date);
    assert_eq!(view.time_off[0].affected, [visit]);

    // June offers the same and has a licence in Illinois.
    service::remove_time_off(&tess, None, view.time_off[0].id)
        .await
        .unwrap();
    let june = clinic.therapist("june");
    away(Some("june")).await.unwrap();
    let mut tx = clinic.test.house.db.begin(&lia.actor).await.unwrap();
    let ways = service::ways_out(&lia, &mut tx, visit).await.unwrap();
    assert_eq!(
        code(service::ways_out(&tess, &mut tx, visit).await),
        "not_found",
        "the desk's alone"
    );
    tx.commit().await.unwrap();
    assert!(ways.nearest.iter().all(|slot| slot.date != when.date), "Tess is away");
    assert!(!ways.nearest.is_empty() && !ways.closure);
    let way = ways.way_out.unwrap();
    assert_eq!((way.therapist.therapist, way.colleague), (june, true));
    // Without a licence there the colleague is no way out.
    sqlx::query("DELETE FROM people.licence WHERE therapist_id = $1")
        .bind(june.uuid())
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    let rows = service::get_availability(&tess, None).await.unwrap().inside_absences;
    assert!(
        !rows
            .iter()
            .find(|row| row.visit == visit)
            .unwrap()
            .way_out
            .clone()
            .unwrap()
            .colleague
    );
    // The visit stays.
    assert_eq!(
        service::get_visit(&ana, visit).await.unwrap().state.as_str(),
        "scheduled"
    );
}

#[tokio::test]
async fn a_liaison_shapes_any_schedule_and_a_therapist_only_the_own() {
    let clinic = Clinic::start().await;
    let (tess, lia) = (clinic.therapist("tess"), clinic.lia());
    service::save_availability(&lia, Some(tess), &[shift("sun", "10:00", "12:00")])
        .await
        .unwrap();
    service::add_travel(&lia, Some(tess), "2027-03-16", "Europe/London")
        .await
        .unwrap();
    service::save_limits(&lia, Some(tess), ["2", "", "8", ""])
        .await
        .unwrap();
    let view = service::get_availability(&lia, Some(tess)).await.unwrap();
    assert_eq!((view.shifts.len(), view.travels.len()), (1, 1));
    assert_eq!((view.limits.day_visits, view.limits.week_visits), (Some(2), Some(8)));
    for refused in [
        service::save_availability(&clinic.theo_acts(), Some(tess), &[]).await,
        service::save_availability(&lia, None, &[]).await,
        service::add_travel(&clinic.ana(), Some(tess), "2027-03-16", "Europe/London").await,
    ] {
        assert_eq!(code(refused), "not_found");
    }
    assert_eq!(
        code(service::save_limits(&lia, Some(tess), ["many", "", "", ""]).await),
        "invalid"
    );
    assert_eq!(
        code(service::add_travel(&lia, Some(tess), "2027-03-16", "Mars/Olympus").await),
        "invalid"
    );
}

#[tokio::test]
async fn the_preview_counts_what_patients_are_offered() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    service::save_limits(&tess, None, ["3", "", "", ""]).await.unwrap();
    let view = service::get_availability(&tess, None).await.unwrap();
    let times = clinic.times(&ana, "tess", "Ana").await;
    let service_id = times.service.unwrap().service;
    let tried = view.preview.tried.iter().find(|one| one.service == service_id).unwrap();
    let starts = view.preview.starts(&view.week, tried);
    // Ana's own visits take nothing of these days from her.
    let until = clinic.now() + chrono::Duration::days(14);
    let offered: Vec<_> = times
        .days
        .iter()
        .flat_map(|day| &day.slots)
        .map(|slot| slot.starts)
        .filter(|at| *at < until)
        .map(|at| at.timestamp())
        .collect();
    let own: Vec<_> = starts.iter().copied().filter(|at| !offered.contains(at)).collect();
    assert!(offered.iter().all(|at| starts.contains(at)), "offered but not foreseen");
    assert!(own.len() <= 1, "{own:?}");
}

#[tokio::test]
async fn a_closure_is_the_desks_and_takes_everybodys_times() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let shut =
        |ctx| async move { service::add_closure(&ctx, "2027-03-10", "", "America/Chicago", "Day of mourning").await };
    assert_eq!(code(shut(clinic.tess_acts()).await), "not_found");
    shut(lia.clone()).await.unwrap();
    let on = |view: &scheduling::api::view::TimesView| view.days.iter().any(|day| day.date.to_string() == "2027-03-10");
    assert!(!on(&clinic.times(&ana, "tess", "Ana").await));
    let closures = service::get_availability(&clinic.tess_acts(), None)
        .await
        .unwrap()
        .closures;
    assert_eq!(closures[0].reason, "Day of mourning");
    service::remove_closure(&lia, closures[0].id).await.unwrap();
    assert!(on(&clinic.times(&ana, "tess", "Ana").await));
}
