//! Many at once: what it will do, what it did.

use crate::{
    clinic::Clinic,
    desk::{leo, queue},
};
use desk::{
    api::view::Outlook,
    model::ItemId,
    service::{self, Act},
};
use kernel::RequestId;

/// Two requests of Ana, the second of which falls into time off, and one of Noah.
async fn three(clinic: &Clinic) -> [RequestId; 3] {
    let (ana, noah) = (clinic.ana(), clinic.noah());
    let good = clinic.request(&noah, "tess", "Noah", "").await;
    let taken = clinic.request(&ana, "tess", "Ana", "").await;
    let gone = clinic.request(&clinic.gus(), "theo", "Benjamin", "").await;
    let date = scheduling::service::get_request(&clinic.gus(), gone)
        .await
        .unwrap()
        .when
        .date
        .to_string();
    let absence = scheduling::service::AbsenceForm {
        first: &date,
        last: &date,
        reason: "Conference",
        colleague: "",
    };
    scheduling::service::add_time_off(&clinic.theo_acts(), None, absence)
        .await
        .unwrap();
    [good, taken, gone]
}

#[tokio::test]
async fn the_preview_tells_what_the_act_then_does() {
    let clinic = Clinic::start().await;
    let (lia, leo) = (clinic.lia(), leo(&clinic).await);
    let [good, taken, gone] = three(&clinic).await;
    service::take(&leo, taken.into(), false).await.unwrap();
    let items: Vec<ItemId> = [good, taken, gone].into_iter().map(ItemId::from).collect();
    let page = service::preview_many(&lia, Act::Approve, &items).await.unwrap();
    let outlook = |request: RequestId| {
        &page
            .rows
            .iter()
            .find(|row| row.row.item == request.into())
            .unwrap()
            .outlook
    };
    assert!(outlook(good).is_possible());
    assert_eq!(*outlook(taken), Outlook::TakenBy("Leo Lind".to_owned()));
    assert!(matches!(outlook(gone), Outlook::Stopped(checks) if checks[0].code == "therapist_free"));

    let key = clinic.key();
    let done = service::decide_many(&lia, Act::Approve, &items, "", "", key)
        .await
        .unwrap();
    let refusals: Vec<Option<&str>> = done.iter().map(|one| one.refused.as_deref()).collect();
    assert_eq!(refusals, [None, Some("taken_by_other"), Some("time_gone")]);
    let again = service::decide_many(&lia, Act::Approve, &items[..1], "", "", key)
        .await
        .unwrap();
    assert_eq!(again[0].refused, None, "a form sent twice acts once");
    assert_eq!(queue(&lia).await.undoable.len(), 1);
}

#[tokio::test]
async fn many_are_declined_with_one_reason_or_not_at_all() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let [good, taken, _] = three(&clinic).await;
    let items = [ItemId::from(good), ItemId::from(taken)];
    for (reason, words) in [("", ""), ("because", ""), ("other", " ")] {
        let refused = service::decide_many(&lia, Act::Decline, &items, reason, words, clinic.key()).await;
        assert_eq!(crate::desk::code(refused), "invalid");
    }
    assert!(queue(&lia).await.undoable.is_empty(), "nothing was done");
    let done = service::decide_many(
        &lia,
        Act::Decline,
        &items,
        "papers_missing",
        "Please send it.",
        clinic.key(),
    )
    .await
    .unwrap();
    assert!(done.iter().all(|one| one.refused.is_none()), "{done:?}");
    for one in items {
        service::undo(&lia, one.request().unwrap()).await.unwrap();
    }
    assert!(
        queue(&lia)
            .await
            .rows
            .iter()
            .filter(|row| items.contains(&row.item))
            .count()
            == 2
    );
}
