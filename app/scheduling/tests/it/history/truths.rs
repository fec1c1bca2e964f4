//! What the tables must say at any moment nobody is in the middle of a call.

use crate::clinic::Clinic;

/// Name and a query that answers what breaks it: no row, no break. `$1` is the clock.
const TRUTHS: &[(&str, &str)] = &[
    (
        "nobody's time is claimed twice, unless staff chose to overbook",
        "SELECT one.id::text FROM scheduling.calendar_claim one JOIN scheduling.calendar_claim other
             ON one.holder_id = other.holder_id AND one.id < other.id AND one.during && other.during
         WHERE one.released_at IS NULL AND other.released_at IS NULL
           AND one.overbooked_by IS NULL AND other.overbooked_by IS NULL
           AND (one.expires_at IS NULL OR one.expires_at > $1) AND (other.expires_at IS NULL OR other.expires_at > $1)",
    ),
    (
        "a running hold has the claims of its therapist and its patient",
        "SELECT h.id::text FROM scheduling.slot_hold h
         WHERE h.state = 'active' AND h.expires_at > $1 AND 2 <> (
             SELECT count(*) FROM scheduling.calendar_claim c
             WHERE c.cause = 'hold' AND c.cause_id = h.id AND c.released_at IS NULL AND c.during @> h.during
               AND c.holder_id IN (h.therapist_id, h.patient_id))",
    ),
    (
        "a pending request has the claims of its therapist and its patient",
        "SELECT r.id::text FROM scheduling.booking_request r
         WHERE r.state = 'pending' AND r.expires_at > $1 AND 2 <> (
             SELECT count(*) FROM scheduling.calendar_claim c
             WHERE c.cause = 'request' AND c.cause_id = r.id AND c.released_at IS NULL AND c.during @> r.during
               AND c.holder_id IN (r.therapist_id, r.patient_id))",
    ),
    (
        "an open visit has the claims of its therapist and its patient",
        "SELECT v.id::text FROM scheduling.visit v
         WHERE v.state IN ('scheduled', 'waiting', 'in_progress') AND num_nonnulls(v.request_id, v.series_id) > 0 AND 2 <> (
             SELECT count(*) FROM scheduling.calendar_claim c
             WHERE c.cause = 'visit' AND c.cause_id = v.id AND c.released_at IS NULL AND c.during @> v.during
               AND c.holder_id IN (v.therapist_id, v.patient_id))",
    ),
    (
        "what is over claims nothing",
        "SELECT c.id::text FROM scheduling.calendar_claim c
         WHERE c.released_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $1) AND NOT EXISTS (
             SELECT FROM scheduling.slot_hold h WHERE h.id = c.cause_id AND c.cause = 'hold' AND h.state = 'active'
             UNION ALL
             SELECT FROM scheduling.booking_request r WHERE r.id = c.cause_id AND c.cause = 'request' AND r.state = 'pending'
             UNION ALL
             SELECT FROM scheduling.proposal_time t JOIN scheduling.proposal p ON p.id = t.proposal_id
             WHERE t.id = c.cause_id AND c.cause = 'proposal' AND p.state = 'open'
             UNION ALL
             SELECT FROM scheduling.waitlist_offer o WHERE o.id = c.cause_id AND c.cause = 'offer' AND o.state = 'open'
             UNION ALL
             SELECT FROM scheduling.visit v WHERE v.id = c.cause_id AND c.cause = 'visit' AND v.state <> 'cancelled')",
    ),
    (
        "an open proposal keeps each of its times for both",
        "SELECT t.id::text FROM scheduling.proposal_time t JOIN scheduling.proposal p ON p.id = t.proposal_id
         WHERE p.state = 'open' AND p.expires_at > $1 AND 2 <> (
             SELECT count(*) FROM scheduling.calendar_claim c
             WHERE c.cause = 'proposal' AND c.cause_id = t.id AND c.released_at IS NULL AND c.during @> t.during
               AND c.holder_id IN (p.therapist_id, p.patient_id))",
    ),
    (
        "no proposal is open for a visit that was cancelled, nor one of whom the visit is not with any more",
        "SELECT p.id::text FROM scheduling.proposal p JOIN scheduling.visit v ON v.id = p.visit_id
         WHERE p.state = 'open' AND (v.state = 'cancelled' OR v.therapist_id <> p.therapist_id)",
    ),
    (
        "an open offer keeps its time for both, and its wish waits",
        "SELECT o.id::text FROM scheduling.waitlist_offer o JOIN scheduling.waitlist_wish w ON w.id = o.wish_id
         WHERE o.state = 'open' AND o.expires_at > $1 AND (w.state <> 'waiting' OR 2 <> (
             SELECT count(*) FROM scheduling.calendar_claim c
             WHERE c.cause = 'offer' AND c.cause_id = o.id AND c.released_at IS NULL AND c.during @> o.during
               AND c.holder_id IN (o.therapist_id, o.patient_id)))",
    ),
    (
        "a wish that was taken became one thing",
        "SELECT w.id::text FROM scheduling.waitlist_wish w
         WHERE w.state = 'taken' AND 1 <> (SELECT count(*) FROM scheduling.waitlist_offer o
                                           WHERE o.wish_id = w.id AND o.state = 'taken'
                                             AND num_nonnulls(o.request_id, o.visit_id) = 1)",
    ),
    (
        "a series was written whole",
        "SELECT s.id::text FROM scheduling.series s
         WHERE s.visits <> (SELECT count(*) FROM scheduling.visit v WHERE v.series_id = s.id)",
    ),
    (
        "each step of a history begins where the one before it ended",
        "SELECT id::text FROM (
             SELECT id, from_state, lag(to_state) OVER (PARTITION BY coalesce(request_id, visit_id) ORDER BY at, id) AS before,
                    by_role
             FROM scheduling.visit_history
             -- Notes that change no state.
             WHERE to_state NOT IN ('moved', 'overbooked', 'kept', 'offered', 'offer_passed', 'offer_expired', 'offer_withdrawn')
         ) step
         WHERE from_state IS NOT NULL AND before IS NOT NULL AND from_state <> before",
    ),
    (
        "an approved request has one visit, and a visit one request at most",
        "SELECT r.id::text FROM scheduling.booking_request r
         WHERE (r.state = 'approved') <> EXISTS (SELECT FROM scheduling.visit v WHERE v.request_id = r.id)",
    ),
    (
        "an account keeps one time at most",
        "SELECT account_id::text FROM scheduling.slot_hold WHERE state = 'active' AND expires_at > $1
         GROUP BY account_id HAVING count(*) > 1",
    ),
];

#[expect(clippy::panic, reason = "a truth that cannot be asked for has failed")]
pub async fn hold(clinic: &Clinic) {
    for (truth, breaks) in TRUTHS {
        let broken: Vec<String> = sqlx::query_scalar(*breaks)
            .bind(clinic.now())
            .fetch_all(&clinic.test.owner)
            .await
            .unwrap_or_else(|error| panic!("{truth}: {error}"));
        assert!(broken.is_empty(), "not true: {truth}: {broken:?}");
    }
}
