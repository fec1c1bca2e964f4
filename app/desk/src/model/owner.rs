//! Who works on an item. One person at a time; opening takes nothing.

use super::codes;
use chrono::{DateTime, Duration, Utc};
use kernel::AccountId;

/// A colleague went home with it: after this time another may take it over, and both are named.
pub const TAKE_OVER_AFTER: Duration = Duration::minutes(30);

/// Somebody has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub by: AccountId,
    pub since: DateTime<Utc>,
}

impl Held {
    /// May `me` work on it now?
    pub fn is_open_to(self, me: AccountId) -> bool {
        self.by == me
    }

    /// May `me`, who has not got it, take it over?
    pub fn may_be_taken_over(self, me: AccountId, now: DateTime<Utc>) -> bool {
        self.by != me && now >= self.since + TAKE_OVER_AFTER
    }
}

codes! {
    /// Whose items, to filter by.
    OwnedBy {
        Me = "me",
        Nobody = "nobody",
        Others = "others",
    }
}

impl OwnedBy {
    pub fn fits(self, held: Option<Held>, me: AccountId) -> bool {
        match (self, held) {
            (Self::Nobody, held) => held.is_none(),
            (Self::Me, Some(held)) => held.by == me,
            (Self::Others, Some(held)) => held.by != me,
            (_, None) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Held, OwnedBy, TAKE_OVER_AFTER};
    use chrono::{DateTime, Duration};
    use kernel::AccountId;
    use uuid::Uuid;

    #[test]
    fn an_item_is_one_persons_and_can_be_taken_over_after_a_while() {
        let (me, other) = (AccountId::new(Uuid::from_u128(1)), AccountId::new(Uuid::from_u128(2)));
        let since = DateTime::from_timestamp(1_803_996_000, 0).unwrap();
        let held = Held { by: other, since };
        assert!(held.is_open_to(other) && !held.is_open_to(me));
        assert!(!held.may_be_taken_over(me, since + TAKE_OVER_AFTER - Duration::seconds(1)));
        assert!(held.may_be_taken_over(me, since + TAKE_OVER_AFTER));
        assert!(
            !held.may_be_taken_over(other, since + TAKE_OVER_AFTER),
            "it is theirs already"
        );
        assert!(OwnedBy::Others.fits(Some(held), me) && OwnedBy::Me.fits(Some(held), other));
        assert!(OwnedBy::Nobody.fits(None, me) && !OwnedBy::Others.fits(None, me));
    }
}
