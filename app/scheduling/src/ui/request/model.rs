//! What the page of a request says: what happened, what is kept, what comes next and when.

use crate::{api::view::RequestView, model::RequestState, ui::words};

/// The state in at most two short sentences (M1, M5).
pub fn sentence(view: &RequestView) -> String {
    let RequestView { when, answer_by, .. } = view;
    let time = format!("{}, {}", when.day, when.from);
    match view.state {
        RequestState::Draft => "This request was not sent yet.".to_owned(),
        RequestState::Pending => format!(
            "Requested. {time} is kept for you. Our team answers by {}, {}.",
            answer_by.day, answer_by.from
        ),
        RequestState::Approved => format!(
            "Confirmed. {} meets you on {time} to {}.",
            view.therapist.name, when.until
        ),
        RequestState::Declined => match view.decline {
            Some(reason) => format!("Declined. {}", words::decline_sentence(reason)),
            None => "Declined. This visit is not possible.".to_owned(),
        },
        RequestState::Proposed => format!("{time} is not possible. We propose another time."),
        RequestState::Conflicted => format!(
            "The therapist's calendar changed and {} is not possible. Choose one of these times, or wait for another.",
            when.from
        ),
        RequestState::Waitlisted => "You are on the waiting list. We tell you when a time is free.".to_owned(),
        RequestState::Withdrawn => "Withdrawn. The time is no longer kept for you.".to_owned(),
        RequestState::Expired => "Nobody answered in time, and the time is free again. You can ask anew.".to_owned(),
    }
}

/// Another time is the next step.
pub const fn leads_to_other_times(state: RequestState) -> bool {
    matches!(
        state,
        RequestState::Declined | RequestState::Conflicted | RequestState::Withdrawn | RequestState::Expired
    )
}

#[cfg(test)]
mod tests {
    use super::sentence;
    use crate::{
        model::{DeclineReason, RequestState},
        ui::testing::request_view,
    };

    #[test]
    fn a_pending_request_says_what_is_kept_and_when_the_answer_comes() {
        let view = request_view(RequestState::Pending);
        assert_eq!(
            sentence(&view),
            "Requested. Tue 24 Nov, 10:00 is kept for you. Our team answers by Mon 23 Nov, 17:00."
        );
    }

    #[test]
    fn only_an_approved_request_is_called_confirmed() {
        for state in RequestState::ALL {
            let said = sentence(&request_view(*state)).contains("Confirmed");
            assert_eq!(said, *state == RequestState::Approved, "{state}");
        }
    }

    #[test]
    fn a_declined_request_gives_the_reason() {
        let mut view = request_view(RequestState::Declined);
        view.decline = Some(DeclineReason::TherapistAway);
        assert_eq!(sentence(&view), "Declined. The therapist is away at that time.");
    }
}
