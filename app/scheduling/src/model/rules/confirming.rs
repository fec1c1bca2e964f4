//! How long a visit may stay without a word of what became of it. When its therapist is reminded by itself is a parameter
//! (`confirm_nudges`); what the desk expects is not, because a charge waits for it, whoever the therapist is.

use chrono::{DateTime, Duration, Utc};

/// How long a therapist has before the desk hears of it: a working day (product.md 4.1).
pub const CONFIRM_WITHIN: Duration = Duration::hours(24);

/// After this the desk is late itself: a second working day, in which it reaches the therapist.
pub const CONFIRM_AT_LAST: Duration = Duration::hours(48);

/// The desk reminds a therapist of one visit once a day at most: a letter more often is not read sooner.
pub const REMIND_AGAIN_AFTER: Duration = Duration::hours(24);

/// May the desk remind now, which did so last at `last`?
pub fn may_remind(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    last.is_none_or(|last| now >= last + REMIND_AGAIN_AFTER)
}

#[cfg(test)]
mod tests {
    use super::{REMIND_AGAIN_AFTER, may_remind};
    use chrono::{DateTime, Duration};

    #[test]
    fn a_therapist_is_reminded_once_a_day() {
        let last = DateTime::from_timestamp(1_803_996_000, 0).unwrap();
        assert!(may_remind(None, last));
        assert!(!may_remind(
            Some(last),
            last + REMIND_AGAIN_AFTER - Duration::seconds(1)
        ));
        assert!(may_remind(Some(last), last + REMIND_AGAIN_AFTER));
    }
}
