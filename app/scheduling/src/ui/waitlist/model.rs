//! What is said of a wish and of an offered time.

use crate::{
    api::view::{Face, KeptTimeView, When, WishView},
    model::{OfferState, PartOfDay, Weekday},
    ui::{availability::model::day_name, words},
};

/// "Therapy, 45 min, with Tess Test", "… with anyone who fits"
pub fn with_whom(wish: &WishView) -> String {
    format!(
        "{}, with {}",
        words::service(&wish.service),
        name(wish.therapist.as_ref())
    )
}

/// "Tess Test", "anyone who fits"
pub fn name(therapist: Option<&Face>) -> String {
    therapist.map_or_else(|| "anyone who fits".to_owned(), |face| face.name.clone())
}

/// "Mondays and Thursdays, in the morning", "Any day, at any time"
pub fn whens(days: &[Weekday], parts: &[PartOfDay]) -> String {
    let days = if days.is_empty() {
        "Any day".to_owned()
    } else {
        and(days.iter().map(|day| format!("{}s", day_name(*day))))
    };
    let parts = if parts.is_empty() {
        "at any time".to_owned()
    } else {
        format!("in the {}", and(parts.iter().map(|part| part_name(*part).to_owned())))
    };
    format!("{days}, {parts}")
}

fn and(items: impl Iterator<Item = String>) -> String {
    let mut items: Vec<String> = items.collect();
    match items.pop() {
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} and {last}", items.join(", ")),
        None => String::new(),
    }
}

pub const fn part_name(part: PartOfDay) -> &'static str {
    match part {
        PartOfDay::Morning => "morning",
        PartOfDay::Afternoon => "afternoon",
        PartOfDay::Evening => "evening",
    }
}

/// With its hours: the choice of a form.
pub const fn part_choice(part: PartOfDay) -> &'static str {
    match part {
        PartOfDay::Morning => "Morning, until 12:00",
        PartOfDay::Afternoon => "Afternoon, 12:00 to 17:00",
        PartOfDay::Evening => "Evening, from 17:00",
    }
}

/// What became of an offered time, in a list.
pub const fn offer_word(state: OfferState) -> &'static str {
    match state {
        OfferState::Open => "Waits for an answer",
        OfferState::Taken => "Taken",
        OfferState::Passed => "Let pass",
        OfferState::Expired => "Not answered in time",
        OfferState::Withdrawn => "Taken back",
    }
}

/// What the page of an offered time says: at most two short sentences (M6).
pub fn sentence(view: &KeptTimeView) -> String {
    match view.state {
        OfferState::Open => format!(
            "{} with {} is free. It is kept for you until {}.",
            starts(&view.when),
            view.therapist.name,
            starts(&view.kept_until)
        ),
        OfferState::Taken => format!("You took {} with {}.", starts(&view.when), view.therapist.name),
        OfferState::Passed => format!("You let this time pass. {}", waits(view)),
        OfferState::Expired => format!("This time is no longer kept for you. {}", waits(view)),
        OfferState::Withdrawn => format!("This time is not offered any more. {}", waits(view)),
    }
}

fn waits(view: &KeptTimeView) -> &'static str {
    if view.waits_on {
        "You are still on the waiting list."
    } else {
        "You are not on the waiting list any more."
    }
}

/// What taking it does, said before it is done.
pub fn consequence(view: &KeptTimeView) -> String {
    match &view.moves {
        Some(now) => format!("When you take it, your visit moves there from {}.", starts(now)),
        None if view.agreed_at_once => "When you take it, the visit is agreed.".to_owned(),
        None => format!(
            "When you take it, it is requested and stays kept for you. Our team answers by {}.",
            starts(&view.answer_by)
        ),
    }
}

fn starts(when: &When) -> String {
    format!("{}, {}", when.day, when.from)
}

#[cfg(test)]
pub mod testing {
    use crate::{
        api::view::{KeptTimeView, OfferLine, WishView},
        model::{OfferId, OfferState, WishId, WishState},
        ui::testing::{face, person, service, when},
    };
    use kernel::IdempotencyKey;
    use uuid::Uuid;

    pub fn kept(state: OfferState) -> KeptTimeView {
        let until = when("2026-11-23T20:00:00Z");
        KeptTimeView {
            offer: OfferId::new(Uuid::from_u128(31)),
            state,
            person: person(),
            therapist: face(),
            service: service(),
            when: when("2026-11-24T16:00:00Z"),
            expires_at: until.starts,
            server_now: when("2026-11-23T16:00:00Z").starts,
            kept_until: until,
            moves: None,
            agreed_at_once: false,
            answer_by: when("2026-11-24T15:00:00Z"),
            waits_on: true,
            request: None,
            visit: None,
            key: IdempotencyKey::new(Uuid::from_u128(5)),
        }
    }

    pub fn wish(offered: Option<OfferState>) -> WishView {
        let line = |state| OfferLine {
            offer: OfferId::new(Uuid::from_u128(31)),
            state,
            therapist: face(),
            when: when("2026-11-24T16:00:00Z"),
            kept_until: when("2026-11-23T20:00:00Z"),
            made: when("2026-11-23T16:00:00Z"),
            by_hand: false,
        };
        WishView {
            wish: WishId::new(Uuid::from_u128(30)),
            state: WishState::Waiting,
            person: person(),
            therapist: Some(face()),
            service: service(),
            visit: None,
            sooner_than: None,
            request: None,
            days: Vec::new(),
            parts: Vec::new(),
            until: when("2026-12-20T16:00:00Z"),
            joined: when("2026-11-20T16:00:00Z"),
            offers: offered.map(line).into_iter().collect(),
            key: IdempotencyKey::new(Uuid::from_u128(6)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{consequence, sentence, testing::kept, whens};
    use crate::{
        model::{OfferState, PartOfDay, Weekday},
        ui::testing::when,
    };

    #[test]
    fn an_offered_time_says_until_when_it_is_kept_and_what_taking_it_does() {
        let mut view = kept(OfferState::Open);
        assert_eq!(
            sentence(&view),
            "Tue 24 Nov, 10:00 with Tess Test is free. It is kept for you until Mon 23 Nov, 14:00."
        );
        assert!(consequence(&view).contains("requested") && !consequence(&view).contains("agreed"));
        view.agreed_at_once = true;
        assert!(consequence(&view).contains("agreed"));
        view.moves = Some(when("2026-11-27T20:15:00Z"));
        assert!(consequence(&view).contains("moves there from Fri 27 Nov, 14:15"));
    }

    #[test]
    fn what_is_over_says_whether_the_waiting_goes_on() {
        for state in [OfferState::Passed, OfferState::Expired, OfferState::Withdrawn] {
            let mut view = kept(state);
            assert!(sentence(&view).contains("still on the waiting list"));
            view.waits_on = false;
            assert!(sentence(&view).contains("not on the waiting list any more"));
        }
    }

    #[test]
    fn a_wish_reads_as_a_sentence() {
        assert_eq!(whens(&[], &[]), "Any day, at any time");
        assert_eq!(
            whens(&[Weekday::Monday, Weekday::Thursday], &[PartOfDay::Morning]),
            "Mondays and Thursdays, in the morning"
        );
    }
}
