//! What the patient's page of a visit says, and what cancelling costs before it is done.

use crate::{api::view::VisitView, model::VisitState};

/// The state in at most two short sentences (M2).
pub fn sentence(view: &VisitView) -> String {
    let name = &view.therapist.name;
    let when = &view.when;
    match view.state {
        VisitState::Scheduled => {
            format!(
                "Confirmed. {name} meets you on {}, {} to {}.",
                when.day, when.from, when.until
            )
        }
        VisitState::Waiting => format!("You are in the waiting room. The visit starts at {}.", when.from),
        VisitState::InProgress => format!("The visit is going on with {name}."),
        VisitState::Ended => format!("The visit has ended. {name} confirms it next."),
        VisitState::Completed => format!("You met {name} on {}.", when.day),
        VisitState::NoShow => format!("We did not meet. {} at {} has passed.", when.day, when.from),
        VisitState::NotHeld => "The visit did not take place. Nothing is charged for it.".to_owned(),
        VisitState::Cancelled => "Cancelled. The time is free again.".to_owned(),
    }
}

/// What cancelling means now (M18, M19), or that it is not possible any more.
pub fn cancel_cost(view: &VisitView) -> String {
    if !view.acts.cancel {
        "This visit can no longer be cancelled here. Please call or write to our team.".to_owned()
    } else if view.late_now {
        let hours = view.cut_off_hours;
        match view.late_fee {
            Some(fee) => format!(
                "The visit is in less than {hours} hours. A fee of {fee} may follow; our team looks at it first."
            ),
            None => format!("The visit is in less than {hours} hours. There is no fee."),
        }
    } else if view.late_fee.is_none() {
        "You can cancel without a fee.".to_owned()
    } else {
        let until = &view.free_until;
        format!("You can cancel without a fee until {}, {}.", until.day, until.from)
    }
}

/// The person can book the next one from here.
pub const fn leads_to_next(state: VisitState) -> bool {
    !state.is_open()
}

#[cfg(test)]
mod tests {
    use super::{cancel_cost, sentence};
    use crate::{model::VisitState, ui::testing::visit_view};

    #[test]
    fn a_confirmed_visit_says_who_and_when() {
        assert_eq!(
            sentence(&visit_view(VisitState::Scheduled)),
            "Confirmed. Tess Test meets you on Tue 24 Nov, 10:00 to 10:45."
        );
    }

    #[test]
    fn every_state_has_a_sentence_and_none_blames() {
        for state in VisitState::ALL {
            let said = sentence(&visit_view(*state));
            assert!(
                said.ends_with('.') && !said.to_lowercase().contains("no-show"),
                "{said}"
            );
        }
    }

    #[test]
    fn the_cost_of_cancelling_is_known_before_it_is_done() {
        let mut view = visit_view(VisitState::Scheduled);
        assert_eq!(
            cancel_cost(&view),
            "You can cancel without a fee until Mon 23 Nov, 10:00."
        );
        view.late_now = true;
        assert!(cancel_cost(&view).contains("less than 24 hours. A fee of $40"));
        view.late_fee = None;
        assert!(cancel_cost(&view).ends_with("There is no fee."));
        view.acts.cancel = false;
        assert!(cancel_cost(&view).contains("call or write"));
    }
}
