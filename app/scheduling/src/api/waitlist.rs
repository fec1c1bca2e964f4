//! The waiting list: joining and leaving, answering an offered time, and the desk's offers by hand.

#![allow(
    clippy::too_many_arguments,
    reason = "each is one field of a form; the macro carries no attribute over"
)]

use super::view::{JoinView, KeptTimeView, MyWaitlistView};
use crate::model::{OfferId, ServiceId, WishId};
use kernel::{ApiError, IdempotencyKey, PatientId, RequestId, TherapistId, VisitId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::plain_form::lead_back,
    crate::{
        service::{self, About, ByHand, Joining, TakenAs, WantedTime},
        ui::{parts::typed_time_address, questions_page, waitlist_address},
    },
    kernel::Ctx,
};

/// What the form to join says: for a person, with a therapist or anyone; sooner than a `visit`; or instead of a `request` whose
/// time was gone. Access: the patient's side. Errors: `NotFound`.
#[server(endpoint = "scheduling/waitlist_form")]
pub async fn waitlist_form(
    patient: Option<PatientId>,
    service: Option<ServiceId>,
    therapist: Option<TherapistId>,
    visit: Option<VisitId>,
    request: Option<RequestId>,
) -> Result<JoinView, ApiError> {
    let about = About {
        patient,
        service,
        therapist,
        visit,
        request,
    };
    Ok(service::join_page(&Ctx::from_request()?, &about).await?)
}

/// Puts a wish on the waiting list and leads to it. Access: the patient's side. Errors: `waits_already`, `too_many_requests`,
/// `no_licence`, `not_accepting`, `already_done`, `Invalid(days|parts|weeks|reason|service)`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/join_waitlist")]
pub async fn join_waitlist(
    patient: Option<PatientId>,
    service: Option<ServiceId>,
    therapist: Option<TherapistId>,
    visit: Option<VisitId>,
    request: Option<RequestId>,
    #[server(default)] days: Vec<String>,
    #[server(default)] parts: Vec<String>,
    #[server(default)] weeks: String,
    #[server(default)] reason: String,
    key: IdempotencyKey,
) -> Result<WishId, ApiError> {
    let joining = Joining {
        patient,
        service,
        therapist,
        visit,
        request,
        days: &days,
        parts: &parts,
        weeks: &weeks,
        reason: &reason,
        key,
    };
    match service::join_waitlist(&Ctx::from_request()?, &joining).await {
        Ok(wish) => {
            leptos_axum::redirect("/my/waitlist");
            Ok(wish)
        }
        Err(error) => {
            let error = ApiError::from(error);
            let form = waitlist_address((patient, service, therapist), visit, request, (&days, &parts, &weeks));
            lead_back::<JoinWaitlist>(&form, &error);
            Err(error)
        }
    }
}

/// What the reader and their people wait for. Access: the patient's side. Errors: `NotFound`.
#[server(endpoint = "scheduling/my_waitlist")]
pub async fn my_waitlist() -> Result<MyWaitlistView, ApiError> {
    Ok(service::my_waitlist(&Ctx::from_request()?).await?)
}

/// Ends a wish; a time that is kept for it is given back. Access: the patient's side. Errors: `already_done`, `other_request`,
/// `NotFound`.
#[server(endpoint = "scheduling/leave_waitlist")]
pub async fn leave_waitlist(wish: WishId, key: IdempotencyKey) -> Result<(), ApiError> {
    service::leave_waitlist(&Ctx::from_request()?, wish, key).await?;
    leptos_axum::redirect("/my/waitlist");
    Ok(())
}

/// One offered time. Access: the patient's side. Errors: `NotFound`.
#[server(endpoint = "scheduling/get_offer")]
pub async fn get_offer(offer: OfferId) -> Result<KeptTimeView, ApiError> {
    Ok(service::get_offer(&Ctx::from_request()?, offer).await?)
}

/// Takes an offered time in one tap and leads to the request or visit that it becomes, or to our questions about it. Access: the patient's side. Errors:
/// `offer_over`, `too_many_requests`, `no_licence`, `too_late`, `already_done`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/take_offer")]
pub async fn take_offer(offer: OfferId, key: IdempotencyKey) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    let page = match service::take_offer(&ctx, offer, key).await? {
        // Nobody was asked anything on this way so far.
        TakenAs::Request(request) if service::waits_for_answers(&ctx, request).await? => questions_page(request),
        TakenAs::Request(request) => format!("/my/requests/{request}"),
        TakenAs::Visit(visit) => format!("/my/visits/{visit}"),
    };
    leptos_axum::redirect(&page);
    Ok(())
}

/// Lets an offered time pass and waits on. Leads to the waiting list. Access: the patient's side. Errors: `offer_over`,
/// `other_request`, `NotFound`.
#[server(endpoint = "scheduling/pass_offer")]
pub async fn pass_offer(offer: OfferId, key: IdempotencyKey) -> Result<(), ApiError> {
    service::pass_offer(&Ctx::from_request()?, offer, key).await?;
    leptos_axum::redirect("/my/waitlist");
    Ok(())
}

/// Keeps a time for a wish by hand (`starts`, RFC 3339; or `date` and `clock` in the therapist's zone). Access: liaison. Errors:
/// `slot_taken`, `patient_busy`, `therapist_away`, `no_licence`, `already_done`, `too_late`,
/// `Invalid(starts|date|clock|therapist|service)`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/offer_by_hand")]
pub async fn offer_by_hand(
    wish: WishId,
    therapist: Option<TherapistId>,
    #[server(default)] starts: String,
    #[server(default)] date: String,
    #[server(default)] clock: String,
    key: IdempotencyKey,
) -> Result<OfferId, ApiError> {
    let by_hand = ByHand {
        wish,
        therapist,
        time: WantedTime {
            starts: &starts,
            date: &date,
            clock: &clock,
        },
        key,
    };
    let page = format!("/desk/queue/waitlist-{wish}");
    match service::offer_by_hand(&Ctx::from_request()?, &by_hand).await {
        Ok(offer) => {
            leptos_axum::redirect(&page);
            Ok(offer)
        }
        Err(error) => {
            let error = ApiError::from(error);
            lead_back::<OfferByHand>(&typed_time_address(&page, therapist, &date, &clock), &error);
            Err(error)
        }
    }
}

/// Takes an offered time back; the wish waits on. Access: liaison. Errors: `offer_over`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/withdraw_offer")]
pub async fn withdraw_offer(offer: OfferId, key: IdempotencyKey) -> Result<(), ApiError> {
    let wish = service::withdraw_offer(&Ctx::from_request()?, offer, key).await?;
    leptos_axum::redirect(&format!("/desk/queue/waitlist-{wish}"));
    Ok(())
}
