//! Times that are offered by hand, taken back, and given back.

use super::{OneTime, join, offered, only_start, page, serve};
use crate::clinic::{Clinic, code};
use chrono::Duration;
use scheduling::{
    model::OfferState,
    service::{self, ByHand, WantedTime},
};

#[tokio::test]
async fn leaving_and_withdrawing_give_the_time_back() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let time = OneTime::plant(&clinic, 20).await;
    let id = join(&clinic, &ana, clinic.patient("Ana"), time.service).await;
    assert_eq!(serve(&clinic).await, 1, "what is free already is offered as well");
    assert_eq!(only_start(&clinic).await, None);
    assert_eq!(
        code(service::leave_waitlist(&clinic.noah(), id, clinic.key()).await),
        "not_found"
    );
    let offer = offered(&ana).await.unwrap();
    service::leave_waitlist(&ana, id, clinic.key()).await.unwrap();
    assert_eq!(
        code(service::leave_waitlist(&ana, id, clinic.key()).await),
        "already_done"
    );
    assert_eq!(only_start(&clinic).await, Some(time.starts));
    let view = page(&ana, offer).await;
    assert_eq!((view.state, view.waits_on), (OfferState::Withdrawn, false));
    assert_eq!(code(service::take_offer(&ana, offer, clinic.key()).await), "offer_over");
}

#[tokio::test]
async fn the_desk_offers_by_hand_and_takes_it_back() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let time = OneTime::plant(&clinic, 20).await;
    let (other, them) = clinic.newcomer(1).await;
    time.taken_by(&clinic, &other, them).await;
    let id = join(&clinic, &ana, clinic.patient("Ana"), time.service).await;
    // Outside of Tess's hours, but hers to give.
    let by_hand = (time.starts + Duration::hours(3)).to_rfc3339();
    let offer = |starts: &'static str| ByHand {
        wish: id,
        therapist: None,
        time: WantedTime::at(starts),
        key: clinic.key(),
    };
    let starts: &'static str = Box::leak(by_hand.into_boxed_str());
    for stranger in [&ana, &clinic.tess_acts(), &clinic.ada()] {
        assert_eq!(
            code(service::offer_by_hand(stranger, &offer(starts)).await),
            "not_found"
        );
    }
    let busy: &'static str = Box::leak(time.starts.to_rfc3339().into_boxed_str());
    assert_eq!(code(service::offer_by_hand(&lia, &offer(busy)).await), "slot_taken");
    let made = service::offer_by_hand(&lia, &offer(starts)).await.unwrap();
    assert_eq!(
        code(service::offer_by_hand(&lia, &offer(starts)).await),
        "already_done",
        "one at a time"
    );
    let detail = service::wish_detail(&lia, id).await.unwrap();
    assert!(!detail.can_offer && detail.wish.offers[0].by_hand);
    assert_eq!(detail.reason, "Sleep");
    assert_eq!(code(service::wish_detail(&ana, id).await), "not_found");
    assert_eq!(offered(&ana).await, Some(made));

    assert_eq!(
        code(service::withdraw_offer(&ana, made, clinic.key()).await),
        "not_found"
    );
    service::withdraw_offer(&lia, made, clinic.key()).await.unwrap();
    assert_eq!(code(service::take_offer(&ana, made, clinic.key()).await), "offer_over");
    assert_eq!(offered(&ana).await, None);
    assert!(service::wish_detail(&lia, id).await.unwrap().can_offer);
}
