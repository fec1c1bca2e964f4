//! The painted week: which quarter hours are worked, and for which services. Shared by the editor in the browser and the
//! use cases that keep it.

use super::{ServiceId, Shift, Weekday};
use serde::{Deserialize, Serialize};

/// A shift of the week and what it is for. No service named: every one that the therapist offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekShift {
    pub shift: Shift,
    /// Sorted, each once.
    pub services: Vec<ServiceId>,
}

impl From<Shift> for WeekShift {
    /// For every service.
    fn from(shift: Shift) -> Self {
        Self {
            shift,
            services: Vec::new(),
        }
    }
}

/// The week as it is kept: in order, and where shifts for different services overlap, one shift for them together. Shifts
/// that were written apart stay apart.
pub fn laid_out(rows: &[WeekShift]) -> Vec<WeekShift> {
    let mut week: Vec<WeekShift> = Vec::new();
    for weekday in Weekday::ALL {
        let of_day: Vec<&WeekShift> = rows.iter().filter(|row| row.shift.weekday == *weekday).collect();
        let mut edges: Vec<u16> = of_day
            .iter()
            .flat_map(|row| [row.shift.from, row.shift.until])
            .collect();
        edges.sort_unstable();
        edges.dedup();
        for pair in edges.windows(2) {
            let (from, until) = (pair[0], pair[1]);
            let there: Vec<&&WeekShift> = of_day
                .iter()
                .filter(|row| row.shift.from <= from && until <= row.shift.until)
                .collect();
            if there.is_empty() {
                continue;
            }
            let services = if there.iter().any(|row| row.services.is_empty()) {
                Vec::new()
            } else {
                let mut all: Vec<ServiceId> = there.iter().flat_map(|row| row.services.iter().copied()).collect();
                all.sort_unstable();
                all.dedup();
                all
            };
            let goes_on = of_day.iter().any(|row| row.shift.from < from && from < row.shift.until);
            match week.last_mut() {
                Some(last)
                    if goes_on
                        && last.shift.weekday == *weekday
                        && last.shift.until == from
                        && last.services == services =>
                {
                    last.shift.until = until;
                }
                _ => week.push(WeekShift {
                    shift: Shift {
                        weekday: *weekday,
                        from,
                        until,
                    },
                    services,
                }),
            }
        }
    }
    week
}

/// The shifts in which `service` can be booked. `week` is sorted by weekday and start.
pub fn shifts_for(week: &[WeekShift], service: ServiceId) -> Vec<Shift> {
    joined(
        week.iter()
            .filter(|one| one.services.is_empty() || one.services.contains(&service))
            .map(|one| (one.shift, !one.services.is_empty())),
    )
}

/// Shifts that touch are one stretch when either is for named services: the border between them is that of another
/// service. Two shifts for every service that touch were written apart on purpose, and a visit lies in one of them.
pub fn joined(shifts: impl IntoIterator<Item = (Shift, bool)>) -> Vec<Shift> {
    let mut joined: Vec<Shift> = Vec::new();
    let mut last_named = false;
    for (shift, named) in shifts {
        match joined.last_mut() {
            Some(last) if last.weekday == shift.weekday && last.until == shift.from && (named || last_named) => {
                last.until = shift.until;
            }
            _ => joined.push(shift),
        }
        last_named = named;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{WeekShift, laid_out, shifts_for};
    use crate::model::{ServiceId, Shift, Weekday};
    use uuid::Uuid;

    fn service(number: u128) -> ServiceId {
        ServiceId::new(Uuid::from_u128(number))
    }

    fn shift(from: u16, until: u16, services: &[u128]) -> WeekShift {
        WeekShift {
            shift: Shift {
                weekday: Weekday::Monday,
                from,
                until,
            },
            services: services.iter().copied().map(service).collect(),
        }
    }

    fn hours(week: &[WeekShift], number: u128) -> Vec<(u16, u16)> {
        shifts_for(week, service(number))
            .iter()
            .map(|shift| (shift.from, shift.until))
            .collect()
    }

    #[test]
    fn a_day_holds_shifts_for_different_services() {
        let week = [shift(540, 720, &[1]), shift(780, 900, &[2]), shift(960, 1_020, &[])];
        assert_eq!(hours(&week, 1), [(540, 720), (960, 1_020)]);
        assert_eq!(hours(&week, 2), [(780, 900), (960, 1_020)]);
        assert_eq!(hours(&week, 3), [(960, 1_020)]);
    }

    #[test]
    fn the_border_of_another_service_splits_nothing() {
        let week = [shift(540, 600, &[]), shift(600, 720, &[1]), shift(720, 800, &[1, 2])];
        assert_eq!(hours(&week, 1), [(540, 800)]);
        assert_eq!(hours(&week, 2), [(540, 600), (720, 800)]);
    }

    #[test]
    fn shifts_for_every_service_stay_apart_where_they_were_written_apart() {
        assert_eq!(
            hours(&[shift(540, 600, &[]), shift(600, 720, &[])], 1),
            [(540, 600), (600, 720)]
        );
    }

    #[test]
    fn overlapping_layers_become_one_shift_for_both_and_rows_written_apart_stay_apart() {
        let laid = |rows: &[WeekShift]| {
            laid_out(rows)
                .into_iter()
                .map(|row| (row.shift.from, row.shift.until, row.services.len()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            laid(&[shift(600, 720, &[2]), shift(540, 660, &[1])]),
            [(540, 600, 1), (600, 660, 2), (660, 720, 1)]
        );
        assert_eq!(laid(&[shift(540, 720, &[]), shift(600, 660, &[1])]), [(540, 720, 0)]);
        assert_eq!(
            laid(&[shift(540, 600, &[]), shift(600, 720, &[])]),
            [(540, 600, 0), (600, 720, 0)]
        );
    }
}
