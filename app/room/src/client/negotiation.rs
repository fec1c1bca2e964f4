//! The decisions of a call, without a browser: which description to take (perfect negotiation, room.md section 4) and
//! which connection a signal belongs to.

/// Perfect negotiation for one connection: the host is impolite, the patient polite.
#[expect(
    clippy::struct_excessive_bools,
    reason = "the flags of perfect negotiation, each with its own life"
)]
#[derive(Debug, Clone, Default)]
pub struct Negotiation {
    polite: bool,
    making_offer: bool,
    ignoring_offer: bool,
    answer_pending: bool,
}

impl Negotiation {
    pub fn new(polite: bool) -> Self {
        Self {
            polite,
            ..Self::default()
        }
    }

    pub fn making_offer(&mut self, now: bool) {
        self.making_offer = now;
    }

    /// While a remote answer is being set the state is not "stable" yet, but an offer is no collision.
    pub fn answer_pending(&mut self, now: bool) {
        self.answer_pending = now;
    }

    /// Whether to take a remote offer. The impolite side lets a colliding one pass; the polite side rolls its own back.
    pub fn take_offer(&mut self, stable: bool) -> bool {
        let ready = !self.making_offer && (stable || self.answer_pending);
        self.ignoring_offer = !self.polite && !ready;
        !self.ignoring_offer
    }

    /// Candidates of an offer that was let pass fail, and rightly so.
    pub const fn forgives_candidates(&self) -> bool {
        self.ignoring_offer
    }
}

/// Which connection a signal is about. The host gives each connection a number, so that a refresh or a rebuild on either
/// side cannot mix two of them up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// To the connection at hand.
    Here,
    /// To a newer one: the patient builds it now.
    Anew,
    /// To one that is gone.
    Nowhere,
}

/// What the patient does with an offer, and both with everything else. `current` is the number of the connection at hand.
pub fn belongs(current: Option<u32>, signal: u32, is_offer: bool, host: bool) -> Belongs {
    match current {
        Some(call) if call == signal => Belongs::Here,
        _ if is_offer && !host => Belongs::Anew,
        _ => Belongs::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_offers_collide_exactly_one_side_gives_way() {
        let (mut host, mut patient) = (Negotiation::new(false), Negotiation::new(true));
        host.making_offer(true);
        patient.making_offer(true);
        assert!(!host.take_offer(true));
        assert!(patient.take_offer(true));
        assert!(host.forgives_candidates() && !patient.forgives_candidates());
    }

    #[test]
    fn a_host_between_offers_takes_a_restart_of_the_patient() {
        let mut host = Negotiation::new(false);
        assert!(host.take_offer(true));
        assert!(!host.take_offer(false), "have-local-offer is a collision");
        host.answer_pending(true);
        assert!(host.take_offer(false), "setting an answer is not");
        assert!(!host.forgives_candidates());
    }

    #[test]
    fn an_answer_to_a_closed_connection_goes_nowhere() {
        assert_eq!(belongs(Some(7), 6, false, true), Belongs::Nowhere);
        assert_eq!(belongs(None, 6, false, false), Belongs::Nowhere);
        assert_eq!(belongs(Some(7), 7, false, true), Belongs::Here);
    }

    #[test]
    fn a_rebuilt_host_is_followed_by_the_patient_and_never_the_other_way_round() {
        assert_eq!(belongs(Some(1), 2, true, false), Belongs::Anew);
        assert_eq!(belongs(None, 2, true, false), Belongs::Anew);
        assert_eq!(belongs(Some(1), 2, true, true), Belongs::Nowhere);
        assert_eq!(
            belongs(Some(2), 2, true, true),
            Belongs::Here,
            "an ICE restart of the patient"
        );
    }
}
