//! How long therapist and patient were in the room together, measured from joining and leaving.

use crate::api::view::{PresenceRow, When};
use chrono::{DateTime, Utc};

/// "10:01 to 10:46, 45 min"
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    pub from: String,
    pub until: String,
    pub minutes: i64,
}

/// The time with the host and somebody of the patient's side in the room; `None` when they never met.
pub fn together(presence: &[PresenceRow]) -> Option<Together> {
    let host = merged(presence.iter().filter(|row| row.seat == "host"));
    let others = merged(presence.iter().filter(|row| row.seat != "host"));
    let mut shared: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    for (host_from, host_until) in &host {
        for (from, until) in &others {
            let (from, until) = (*host_from.max(from), *host_until.min(until));
            if from < until {
                shared.push((from, until));
            }
        }
    }
    let (first, last) = (shared.first()?.0, shared.last()?.1);
    let seconds: i64 = shared.iter().map(|(from, until)| (*until - *from).num_seconds()).sum();
    let zone = presence.first().map(|row| &row.when)?;
    Some(Together {
        from: clock(zone, first),
        until: clock(zone, last),
        minutes: (seconds + 30) / 60,
    })
}

/// Overlapping and touching stretches as one, in order: the patient and a guardian may both be there.
fn merged<'a>(rows: impl Iterator<Item = &'a PresenceRow>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut stretches: Vec<_> = rows.map(|row| (row.when.starts, row.when.ends)).collect();
    stretches.sort_unstable();
    let mut merged: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    for (from, until) in stretches {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => merged.push((from, until)),
        }
    }
    merged
}

/// The clock reading of an instant near `near`: its zone's offset came with it.
fn clock(near: &When, at: DateTime<Utc>) -> String {
    let local = at + chrono::Duration::minutes(i64::from(near.zone.offset_minutes));
    let minutes = local.timestamp().rem_euclid(86_400) / 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::together;
    use crate::{api::view::PresenceRow, ui::testing::when};

    fn row(seat: &str, from: &str, until: &str) -> PresenceRow {
        let mut when = when(&format!("2026-11-24T{from}:00Z"));
        when.ends = format!("2026-11-24T{until}:00Z").parse().unwrap();
        PresenceRow {
            seat: seat.to_owned(),
            when,
            still_in: false,
        }
    }

    #[test]
    fn only_the_time_together_counts() {
        let met = together(&[row("host", "16:01", "16:46"), row("patient", "15:55", "16:46")]).unwrap();
        assert_eq!(
            (met.from.as_str(), met.until.as_str(), met.minutes),
            ("10:01", "10:46", 45)
        );
    }

    #[test]
    fn a_broken_line_is_not_counted_and_a_guardian_beside_the_child_not_twice() {
        let met = together(&[
            row("host", "16:00", "16:45"),
            row("patient", "16:00", "16:10"),
            row("guardian", "16:00", "16:10"),
            row("patient", "16:20", "16:40"),
        ])
        .unwrap();
        assert_eq!(met.minutes, 30);
        assert_eq!(met.until, "10:40");
    }

    #[test]
    fn who_waited_alone_did_not_meet() {
        assert_eq!(together(&[row("host", "16:00", "16:20")]), None);
        assert_eq!(
            together(&[row("host", "16:00", "16:20"), row("patient", "16:20", "16:30")]),
            None
        );
        assert_eq!(together(&[]), None);
    }
}
