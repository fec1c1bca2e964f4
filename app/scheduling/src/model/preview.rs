//! What patients would see of a week that is only being painted: the engine of the bookings, run where the painter is. The
//! tz database stays on the server; what it knows of these days comes along as a table.

use super::{
    Caps, Counted, DatedShift, Full, Hours, ServiceId,
    slots::{Grid, Span, Window, subtract},
    week::{WeekShift, shifts_for},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use kernel::VisitId;
use serde::{Deserialize, Serialize};

const MIDNIGHT: u16 = 1_440;
const A_DAY: i64 = 86_400;

/// One date on the therapist's clock: which instant each of its readings is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockDay {
    pub date: NaiveDate,
    /// "Wed 25 Nov"
    pub day: String,
    /// The instant of its midnight, in seconds since 1970.
    base: i64,
    /// From which minute on the clock is so many seconds off; empty on all but two days of a year.
    steps: Vec<(u16, i32)>,
}

impl ClockDay {
    /// `instant`: of a minute of this date, 1440 included, in seconds since 1970.
    pub fn of(date: NaiveDate, day: String, instant: impl Fn(u16) -> i64) -> Self {
        let base = instant(0);
        let mut steps = Vec::new();
        if instant(MIDNIGHT) != base + A_DAY {
            let mut last = 0;
            for minute in 1..=MIDNIGHT {
                let off = i32::try_from(instant(minute) - base - i64::from(minute) * 60).unwrap_or_default();
                if off != last {
                    steps.push((minute, off));
                    last = off;
                }
            }
        }
        Self { date, day, base, steps }
    }

    pub fn instant(&self, minute: u16) -> i64 {
        let off = self.steps.iter().rev().find(|(from, _)| *from <= minute);
        self.base + i64::from(minute) * 60 + i64::from(off.map_or(0, |(_, off)| *off))
    }

    /// The reading of an instant of this date, in minutes.
    fn reading(&self, at: i64) -> u16 {
        let plain = |off: i32| (at - self.base - i64::from(off)).div_euclid(60);
        let off = self
            .steps
            .iter()
            .rev()
            .find(|(from, off)| self.base + i64::from(*from) * 60 + i64::from(*off) <= at);
        u16::try_from(plain(off.map_or(0, |(_, off)| *off)).clamp(0, i64::from(MIDNIGHT))).unwrap_or_default()
    }
}

/// One service as it would be booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub service: ServiceId,
    pub name: String,
    pub grid: Grid,
    /// Seconds from the start of a shift to its first start time.
    pub offset: i64,
    pub caps: Caps,
    pub counted: Vec<Counted>,
}

/// A visit that is agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    pub visit: VisitId,
    pub service: ServiceId,
    pub from: i64,
    pub until: i64,
    /// "Wed 25 Nov, 10:00, Ana Example"
    pub words: String,
}

/// All that decides what a week is worth in the days to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// In order, no date left out, beginning the day before today.
    pub days: Vec<ClockDay>,
    pub dated: Vec<DatedShift>,
    /// Sorted by start, like `busy`.
    pub away: Vec<Span>,
    pub busy: Vec<Span>,
    pub tried: Vec<Tried>,
    pub visits: Vec<Planned>,
}

/// The times of one date, as minutes after its midnight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTimes {
    pub date: NaiveDate,
    pub day: String,
    pub minutes: Vec<u16>,
}

impl Preview {
    /// The start times a patient would be offered for a service.
    pub fn starts(&self, week: &[WeekShift], tried: &Tried) -> Vec<i64> {
        let full = Full::of(&tried.counted, &tried.caps, minutes(tried.grid.length));
        let mut open = self.open(week, tried.service, &full);
        for window in &mut open {
            window.anchor += tried.offset;
        }
        tried.grid.starts(&open, &self.busy).collect()
    }

    /// Agreed visits that lie outside the hours for their service, or in an absence.
    pub fn outside<'a>(&'a self, week: &[WeekShift]) -> Vec<&'a Planned> {
        let mut services: Vec<ServiceId> = self.visits.iter().map(|visit| visit.service).collect();
        services.sort_unstable();
        services.dedup();
        let open: Vec<(ServiceId, Vec<Window>)> = services
            .into_iter()
            .map(|service| (service, self.open(week, service, &Full::default())))
            .collect();
        let inside = |visit: &Planned| {
            let windows = open.iter().find(|(service, _)| *service == visit.service);
            windows.is_some_and(|(_, windows)| {
                windows
                    .iter()
                    .any(|window| window.from <= visit.from && visit.until <= window.until)
            })
        };
        self.visits.iter().filter(|visit| !inside(visit)).collect()
    }

    /// Start times by the date they are on.
    pub fn by_day(&self, starts: &[i64]) -> Vec<DayTimes> {
        self.days
            .iter()
            .filter_map(|day| {
                let (from, until) = (day.instant(0), day.instant(MIDNIGHT));
                let of_day = starts.partition_point(|at| *at < from)..starts.partition_point(|at| *at < until);
                let minutes: Vec<u16> = starts.get(of_day)?.iter().map(|at| day.reading(*at)).collect();
                (!minutes.is_empty()).then_some(DayTimes {
                    date: day.date,
                    day: day.day.clone(),
                    minutes,
                })
            })
            .collect()
    }

    fn open(&self, week: &[WeekShift], service: ServiceId, full: &Full) -> Vec<Window> {
        let Some(first) = self.days.first().map(|day| day.date) else {
            return Vec::new();
        };
        let hours = Hours {
            weekly: shifts_for(week, service),
            dated: self.dated.clone(),
        };
        let count = u16::try_from(self.days.len()).unwrap_or(u16::MAX);
        let (mut shifts, mut open) = (Vec::new(), Vec::new());
        hours.windows(first, count, full, |date, local| self.instant(date, local), &mut shifts);
        subtract(&shifts, &self.away, &mut open);
        open
    }

    fn instant(&self, date: NaiveDate, reading: NaiveDateTime) -> DateTime<Utc> {
        let minute = (reading - date.and_time(NaiveTime::MIN)).num_minutes();
        let day = self.days.iter().find(|day| day.date == date);
        let at = day
            .zip(u16::try_from(minute).ok())
            .map(|(day, minute)| day.instant(minute));
        at.and_then(|at| DateTime::from_timestamp(at, 0)).unwrap_or_default()
    }
}

fn minutes(seconds: i64) -> u16 {
    u16::try_from(seconds / 60).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::{ClockDay, Planned, Preview, Tried};
    use crate::model::{Caps, ServiceId, Shift, Weekday, hours_reading, slots::Grid, week::WeekShift};
    use chrono::{Days, NaiveDate};
    use kernel::{VisitId, Zone};
    use uuid::Uuid;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn day(zone: Zone, date: NaiveDate) -> ClockDay {
        ClockDay::of(date, date.to_string(), |minute| {
            zone.instant(hours_reading(date, minute)).timestamp()
        })
    }

    fn zone() -> Zone {
        "America/New_York".parse().unwrap()
    }

    #[test]
    fn the_table_of_a_day_is_the_zone_itself() {
        for zone in Zone::all() {
            for on in ["2027-03-14", "2027-03-28", "2027-10-31", "2027-11-07", "2027-06-01"].map(date) {
                let table = day(zone, on);
                for minute in 0..=1_440 {
                    let at = zone.instant(hours_reading(on, minute)).timestamp();
                    assert_eq!(table.instant(minute), at, "{zone} {on} {minute}");
                }
            }
        }
    }

    fn preview(first: &str, count: u64) -> Preview {
        let service = ServiceId::new(Uuid::from_u128(1));
        Preview {
            days: (0..count)
                .map(|ahead| day(zone(), date(first) + Days::new(ahead)))
                .collect(),
            dated: Vec::new(),
            away: Vec::new(),
            busy: Vec::new(),
            tried: vec![Tried {
                service,
                name: "Therapy".to_owned(),
                grid: Grid {
                    length: 3_600,
                    step: 3_600,
                    before: 0,
                    after: 0,
                    earliest: 0,
                    latest: i64::MAX,
                },
                offset: 0,
                caps: Caps::default(),
                counted: Vec::new(),
            }],
            visits: Vec::new(),
        }
    }

    fn sunday(from: u16, until: u16) -> WeekShift {
        Shift {
            weekday: Weekday::Sunday,
            from,
            until,
        }
        .into()
    }

    #[test]
    fn times_are_read_on_the_wall_on_the_day_the_clocks_change_too() {
        // 14 March 2027: two o'clock is three o'clock.
        let spring = preview("2027-03-13", 3);
        let starts = spring.starts(&[sunday(0, 360)], &spring.tried[0]);
        assert_eq!(spring.by_day(&starts)[0].minutes, [0, 60, 180, 240, 300]);
        // 7 November 2027: one o'clock comes twice.
        let autumn = preview("2027-11-06", 3);
        let starts = autumn.starts(&[sunday(0, 240)], &autumn.tried[0]);
        assert_eq!(starts.len(), 5);
        assert_eq!(autumn.by_day(&starts)[0].date, date("2027-11-07"));
    }

    #[test]
    fn a_visit_is_outside_when_its_hours_are_gone() {
        let mut preview = preview("2027-06-05", 3);
        let from = preview.days[1].instant(600);
        preview.visits.push(Planned {
            visit: VisitId::new(Uuid::from_u128(7)),
            service: preview.tried[0].service,
            from,
            until: from + 2_700,
            words: String::new(),
        });
        assert!(preview.outside(&[sunday(540, 720)]).is_empty());
        assert_eq!(preview.outside(&[sunday(540, 630)]).len(), 1);
        let other = WeekShift {
            services: vec![ServiceId::new(Uuid::from_u128(2))],
            ..sunday(540, 720)
        };
        assert_eq!(preview.outside(&[other]).len(), 1);
    }
}
