//! The numbers of booking, with the defaults of product.md 4.1. Admin-adjustable later (R30), one struct today.

use chrono::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameters {
    /// How long a chosen time is kept while the form is open.
    pub hold: Duration,
    /// By how much a hold can be prolonged, once.
    pub hold_extension: Duration,
    /// The shortest time between booking and visit.
    pub notice: Duration,
    /// The farthest day that can be booked, from now.
    pub horizon: Duration,
    /// After this an unanswered request gives its time back; at the visit's start if that is earlier.
    pub request_expiry: Duration,
    /// A cancellation closer to the start than this is late.
    pub cut_off: Duration,
    /// Open requests one patient may have (G5).
    pub open_requests: u32,
    /// How long after confirming a visit its outcome may be corrected.
    pub correction: Duration,
    /// How long before its start a visit's room opens.
    pub room_opens: Duration,
    /// Longest reason, summary or words to a patient, in characters. Our own choice.
    pub text_limit: usize,
}

impl Parameters {
    pub const DEFAULT: Self = Self {
        hold: Duration::minutes(5),
        hold_extension: Duration::minutes(5),
        notice: Duration::minutes(120),
        horizon: Duration::days(60),
        request_expiry: Duration::hours(72),
        cut_off: Duration::hours(24),
        open_requests: 3,
        correction: Duration::hours(48),
        room_opens: Duration::minutes(15),
        text_limit: 4_000,
    };
}

impl Default for Parameters {
    fn default() -> Self {
        Self::DEFAULT
    }
}
