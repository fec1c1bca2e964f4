//! Wishes of a search, who keeps what they go by, and the month of anybody who fits.

#![expect(clippy::unwrap_used, reason = "a set-up that fails must stop the test")]

use crate::clinic::{Clinic, code};
use kernel::Ctx;
use scheduling::{
    api::view::{FindView, Why},
    service::{self, Wish},
};
use std::collections::BTreeMap;

async fn find(clinic: &Clinic, wish: Wish) -> FindView {
    service::find_therapists(&clinic.ana(), &wish).await.unwrap()
}

fn names(view: &FindView) -> Vec<&str> {
    let mut names: Vec<_> = view.hits.iter().map(|hit| hit.face.name.as_str()).collect();
    names.sort_unstable();
    names
}

fn asks(change: impl FnOnce(&mut Wish)) -> Wish {
    let mut wish = Wish::default();
    change(&mut wish);
    wish
}

async fn says(clinic: &Clinic, ctx: &Ctx, therapist: &str, gender: &str, insurers: &[&str]) {
    let of = Some(clinic.therapist(therapist));
    service::save_found_by(ctx, of, gender, insurers.iter().copied())
        .await
        .unwrap();
}

#[tokio::test]
async fn each_wish_leaves_those_who_fit_it_and_says_why() {
    let clinic = Clinic::start().await; // licensed in Illinois for adults: Tess and June
    assert_eq!(
        names(&find(&clinic, Wish::default()).await),
        ["June Park", "Tess Moreno"]
    );
    let takes = find(&clinic, asks(|wish| wish.insurer = "medicare".to_owned())).await;
    assert_eq!(names(&takes), ["June Park"]);
    assert!(takes.hits[0].why.contains(&Why::Takes("medicare".to_owned())));
    let nights = find(&clinic, asks(|wish| wish.concern = "nights".to_owned())).await;
    assert_eq!(
        names(&nights),
        ["June Park", "Tess Moreno"],
        "sleep is hers, anxiety is Tess's"
    );
    let hurt = find(&clinic, asks(|wish| wish.concern = "hurt".to_owned())).await;
    assert_eq!(names(&hurt), ["Tess Moreno"]);
    assert!(hurt.hits[0].why.contains(&Why::HelpsWith("hurt".to_owned())));
    let women = find(&clinic, asks(|wish| wish.gender = "woman".to_owned())).await;
    assert_eq!(names(&women), ["June Park", "Tess Moreno"]);
    let men = find(&clinic, asks(|wish| wish.gender = "man".to_owned())).await;
    assert!(names(&men).is_empty());
    assert_eq!(men.drop, Some(("gender".to_owned(), 2)));
}

#[tokio::test]
async fn a_wish_that_nothing_knows_fits_nobody() {
    let clinic = Clinic::start().await;
    for wish in [
        asks(|wish| wish.concern = "<script>".to_owned()),
        asks(|wish| wish.insurer = "my uncle".to_owned()),
        asks(|wish| wish.gender = "Woman".to_owned()),
    ] {
        let found = find(&clinic, wish.clone()).await;
        assert!(found.hits.is_empty() && found.drop.is_some(), "{wish:?}");
    }
}

#[tokio::test]
async fn the_wish_that_is_most_in_the_way_is_named() {
    let clinic = Clinic::start().await;
    let found = find(
        &clinic,
        asks(|wish| {
            wish.language = "es".to_owned();
            wish.insurer = "medicare".to_owned();
        }),
    )
    .await;
    assert!(found.hits.is_empty());
    let (dropped, count) = found.drop.unwrap();
    assert!(
        ["language", "insurer"].contains(&dropped.as_str()) && count == 1,
        "{dropped}"
    );
}

#[tokio::test]
async fn how_somebody_is_found_is_theirs_and_the_desks_to_say() {
    let clinic = Clinic::start().await;
    let (tess, lia) = (clinic.tess_acts(), clinic.lia());
    says(&clinic, &lia, "tess", "nonbinary", &["medicare", "cigna"]).await;
    let found = find(&clinic, asks(|wish| wish.gender = "nonbinary".to_owned())).await;
    assert_eq!(names(&found), ["Tess Moreno"]);
    says(&clinic, &tess, "tess", "", &[]).await;
    let view = service::get_availability(&tess, None).await.unwrap();
    assert_eq!((view.found_by.gender, view.found_by.insurers.len()), (None, 0));
    let june = Some(clinic.therapist("june"));
    assert_eq!(code(service::save_found_by(&tess, june, "man", []).await), "not_found");
    assert_eq!(
        code(service::save_found_by(&clinic.ana(), june, "man", []).await),
        "not_found"
    );
    assert_eq!(code(service::save_found_by(&lia, june, "duck", []).await), "invalid");
    // One floor below: nobody else's row, and nothing else of one's own.
    let mut tx = clinic.test.house.db.begin(&tess.actor).await.unwrap();
    let others = sqlx::query("UPDATE people.therapist SET gender = 'man' WHERE id <> kernel.uid()")
        .execute(&mut *tx)
        .await
        .unwrap();
    assert_eq!(others.rows_affected(), 0);
    assert!(
        sqlx::query("UPDATE people.therapist SET name = 'Dr. Best'")
            .execute(&mut *tx)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn the_month_of_anybody_is_what_each_calendar_says_alone() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let (service_id, _) = clinic.slot(&ana, "tess", "Ana").await;
    let wish = asks(|wish| wish.service = Some(service_id));
    for month in ["", "2027-03", "2027-04"] {
        let view = service::any_times(&ana, &wish, month, "").await.unwrap();
        let mut alone: BTreeMap<_, u32> = BTreeMap::new();
        let mut first = Vec::new();
        for therapist in ["tess", "june"] {
            let asked = service::TimesWish {
                therapist: clinic.therapist(therapist),
                for_patient: Some(clinic.patient("Ana")),
                service: Some(service_id),
                month: view.month.to_string(),
                around: String::new(),
            };
            for day in service::therapist_times(&ana, &asked).await.unwrap().days {
                *alone.entry(day.date).or_default() += u32::try_from(day.slots.len()).unwrap();
                if Some(day.date) == view.open.as_ref().map(|open| open.date) {
                    first.push((asked.therapist, day.slots));
                }
            }
        }
        let together: BTreeMap<_, u32> = view.days.iter().map(|day| (day.date, day.times)).collect();
        assert_eq!(together, alone, "{month}");
        assert!(!alone.is_empty(), "{month}: a month of nothing proves nothing");
        let mut open: Vec<_> = view
            .open
            .unwrap()
            .hits
            .into_iter()
            .map(|hit| (hit.face.therapist, hit.slots))
            .collect();
        open.sort_by_key(|(therapist, _)| *therapist);
        first.sort_by_key(|(therapist, _)| *therapist);
        assert_eq!(open, first, "{month}");
        assert_eq!(view.zone.name, "America/Chicago", "the patient's");
    }
}

#[tokio::test]
async fn the_day_asked_for_is_open_and_wishes_hold_there_too() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let all = service::any_times(&ana, &Wish::default(), "", "").await.unwrap();
    let last = all.days.last().unwrap().date.to_string();
    let open = service::any_times(&ana, &Wish::default(), &last, &last)
        .await
        .unwrap()
        .open
        .unwrap();
    assert_eq!(open.date.to_string(), last);
    let only = asks(|wish| wish.insurer = "medicare".to_owned());
    let view = service::any_times(&ana, &only, "", "").await.unwrap();
    assert!(view.open.unwrap().hits.iter().all(|hit| hit.face.name == "June Park"));
    let nobody = asks(|wish| wish.gender = "man".to_owned());
    let view = service::any_times(&ana, &nobody, "", "").await.unwrap();
    assert!(view.days.is_empty() && view.open.is_none() && view.next_available.is_none());
    let foreign = asks(|wish| wish.for_patient = Some(clinic.patient("Mila")));
    assert_eq!(code(service::any_times(&ana, &foreign, "", "").await), "not_found");
    assert_eq!(
        code(service::any_times(&clinic.tess_acts(), &only, "", "").await),
        "not_found"
    );
}
