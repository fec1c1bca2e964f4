//! What a move means, said before it is done.

use crate::api::view::MoveView;

/// Until when it is free, or that it is too late (M18).
pub fn terms(view: &MoveView) -> String {
    if view.staff && view.may {
        "The patient pays no fee when you move the visit, and hears of the new time.".to_owned()
    } else if view.may {
        let until = &view.free_until;
        format!(
            "You can move the visit without a fee until {}, {}. Your present time is kept until the new one is taken.",
            until.day, until.from
        )
    } else {
        "This visit can no longer be moved here. Please call or write to our team.".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::terms;
    use crate::ui::testing::move_choices;

    #[test]
    fn the_terms_follow_from_who_moves_and_when() {
        let mut view = move_choices();
        assert!(terms(&view).contains("until Mon 23 Nov, 10:00"));
        view.staff = true;
        assert!(terms(&view).contains("pays no fee"));
        view.may = false;
        assert!(terms(&view).contains("call or write"));
    }
}
