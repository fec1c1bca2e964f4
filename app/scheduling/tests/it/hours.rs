//! The therapist's hours: what patients are offered follows at once, what is agreed stays.

use crate::clinic::{Clinic, code};
use scheduling::{api::ShiftInput, service};

fn shift(weekday: &str, from: &str, until: &str) -> ShiftInput {
    ShiftInput {
        weekday: weekday.into(),
        from: from.into(),
        until: until.into(),
    }
}

#[tokio::test]
async fn new_hours_are_offered_and_old_visits_stay() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    service::save_availability(&tess, &[shift("sun", "10:00", "12:00"), shift("sun", "14:00", "24:00")])
        .await
        .unwrap();
    let view = service::get_availability(&tess).await.unwrap();
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
    service::add_override(&tess, "2027-03-10", "09:00", "11:00")
        .await
        .unwrap();
    assert_eq!(slots_of("2027-03-10").await, 2);
    assert_eq!(
        code(service::add_override(&tess, "2027-03-10", "10:00", "12:00").await),
        "invalid"
    );
    service::add_override(&tess, "2027-03-10", "", "").await.unwrap();
    assert_eq!(slots_of("2027-03-10").await, 0);
    let change = service::get_availability(&tess).await.unwrap().overrides.remove(0);
    assert_eq!(
        code(service::remove_override(&clinic.theo_acts(), change.id).await),
        "not_found"
    );
    service::remove_override(&tess, change.id).await.unwrap();
    assert_eq!(slots_of("2027-03-10").await, 8);

    service::add_time_off(&tess, "2027-03-10", "2027-03-11", "Conference")
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
    let absence = service::get_availability(&tess).await.unwrap().time_off.remove(0);
    assert_eq!(
        (absence.when.day.as_str(), absence.last_day.as_str()),
        ("Wed 10 Mar", "Thu 11 Mar")
    );
    service::remove_time_off(&tess, absence.id).await.unwrap();
    assert_eq!(slots_of("2027-03-10").await, 8);
}

#[tokio::test]
async fn yesterday_cannot_be_changed() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    assert_eq!(
        code(service::add_override(&tess, "2027-02-28", "", "").await),
        "invalid"
    );
    assert_eq!(
        code(service::add_time_off(&tess, "2027-02-28", "", "Ill").await),
        "invalid"
    );
    assert_eq!(
        code(service::add_time_off(&tess, "2027-03-10", "2027-03-09", "Ill").await),
        "invalid"
    );
    assert_eq!(code(service::save_availability(&clinic.ana(), &[]).await), "not_found");
}
