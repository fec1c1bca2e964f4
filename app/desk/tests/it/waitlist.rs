//! Who waits for a time stands in the queue, and behind everything else while it is their turn to answer.

use crate::{
    clinic::Clinic,
    desk::{code, open, queue},
};
use desk::{
    api::view::Body,
    model::{ItemId, Kind, Risk},
    service::{Wanted, open_item},
};
use scheduling::service::{Joining, join_waitlist, keep_waitlist, leave_waitlist};

#[tokio::test]
async fn a_wish_waits_at_the_desk_and_its_offer_for_the_patient() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let times = clinic.times(&ana, "tess", "Ana").await;
    let joining = Joining {
        patient: Some(clinic.patient("Ana")),
        service: times.service.map(|service| service.service),
        therapist: Some(clinic.therapist("tess")),
        visit: None,
        request: None,
        days: &[],
        parts: &[],
        weeks: "8",
        reason: "Sleep",
        key: clinic.key(),
    };
    let wish = join_waitlist(&ana, &joining).await.unwrap();
    let item = ItemId {
        kind: Kind::Waitlist,
        id: wish.uuid(),
    };
    let row = |page: desk::api::view::QueuePage| page.rows.into_iter().find(|row| row.item == item);
    assert_eq!(row(queue(&lia).await).unwrap().risk, Risk::Normal);

    assert_eq!(keep_waitlist(&clinic.test.house).await.unwrap(), 1);
    let offered = row(queue(&lia).await).unwrap();
    assert_eq!(offered.risk, Risk::Low, "it is the patient's turn");
    let only = Wanted {
        kind: "waitlist".to_owned(),
        ..Wanted::default()
    };
    assert_eq!(desk::service::queue(&lia, &only).await.unwrap().rows.len(), 1);
    let view = open(&lia, item).await;
    let Body::Wish(detail) = view.body else {
        panic!("another body")
    };
    assert_eq!((detail.reason.as_str(), detail.can_offer), ("Sleep", false));
    assert_eq!(
        detail.wish.open().map(|offer| offer.when.starts),
        Some(offered.when.starts)
    );
    assert_eq!(code(open_item(&ana, item, &Wanted::default()).await), "not_found");

    leave_waitlist(&ana, wish, clinic.key()).await.unwrap();
    assert_eq!(row(queue(&lia).await).map(|row| row.item), None);
}
