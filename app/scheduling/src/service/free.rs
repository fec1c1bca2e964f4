//! Free times of a therapist: hours from the store, conversion of their edges, one sweep of the engine.

use crate::{
    api::view::SlotView,
    model::{
        Full, Parameters,
        clock::Travels,
        slots::{Grid, Span, Window, subtract},
    },
    store::{catalog::Service, free_time::HolderTime, particulars::Particulars},
};
use chrono::{DateTime, Days, Utc};
use kernel::Zone;

use super::zones;

/// The most days of hours that are converted at once. A search begins with one day and doubles: most end on the first.
const MOST_DAYS: u16 = 32;
/// A start lies in hours of its own local day or of the one before.
const TWO_DAYS: u16 = 2;

/// The grid of a service for bookings made at `now`.
pub fn grid(service: &Service, now: DateTime<Utc>, parameters: &Parameters) -> Grid {
    let (before, after) = parameters.buffers(service.buffer_before, service.buffer_after);
    Grid {
        length: i64::from(service.minutes) * 60,
        step: parameters.step(service.step).num_seconds(),
        before: before.num_seconds(),
        after: after.num_seconds(),
        earliest: (now + parameters.notice).timestamp(),
        latest: (now + parameters.horizon).timestamp(),
    }
}

/// What has to be loaded to judge any time within the horizon.
pub fn reach(now: DateTime<Utc>, parameters: &Parameters) -> (DateTime<Utc>, DateTime<Utc>) {
    let a_day = chrono::Duration::days(1);
    (now - a_day, now + parameters.horizon + a_day)
}

/// What has to be loaded to judge the starts between `grid.earliest` and `grid.latest`: all that such visits may take.
pub fn reach_of(grid: &Grid) -> (DateTime<Utc>, DateTime<Utc>) {
    let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    (at(grid.taken(grid.earliest).from), at(grid.taken(grid.latest).until))
}

/// The same for therapists whose own terms are not known yet: no visit with its buffers takes longer than this, either way.
pub fn widest_reach(grid: &Grid) -> (DateTime<Utc>, DateTime<Utc>) {
    let (from, until) = reach_of(grid);
    let longest = chrono::Duration::hours(12);
    (from - longest, until + longest)
}

/// The start times of one therapist, a few days at once, so that asking for three does not cost the whole horizon.
pub struct FreeTimes<'a> {
    time: &'a HolderTime,
    patient_busy: &'a [Span],
    grid: Grid,
    /// `None` for a therapist who has never set hours.
    clock: Option<Travels<Zone>>,
    full: Full,
    shifts: Vec<Window>,
    present: Vec<Window>,
    open: Vec<Window>,
}

impl<'a> FreeTimes<'a> {
    /// `grid`: of the service as the catalog has it; the therapist's own terms, where there are any, come over it.
    pub fn new(time: &'a HolderTime, patient_busy: &'a [Span], grid: Grid) -> Self {
        let clock = clock_of(time);
        let (mut grid, full) = match (&time.more, &clock) {
            (Some(more), Some(clock)) => (more.grid(grid, clock), more.full(clock)),
            _ => (grid, Full::default()),
        };
        grid.latest = grid.latest.min(time.licensed_until);
        Self {
            time,
            patient_busy,
            grid,
            clock,
            full,
            shifts: Vec::new(),
            present: Vec::new(),
            open: Vec::new(),
        }
    }

    /// No earlier and no later than these, whatever the rules and terms would allow.
    pub fn within(mut self, earliest: i64, latest: i64) -> Self {
        self.grid.earliest = self.grid.earliest.max(earliest);
        self.grid.latest = self.grid.latest.min(latest);
        self
    }

    /// The first `count` start times, appended to `out`.
    pub fn first(&mut self, count: usize, out: &mut Vec<i64>) {
        let Some(clock) = &self.clock else { return };
        let at = |seconds| DateTime::from_timestamp(seconds, 0);
        let (Some(earliest), Some(latest)) = (at(self.grid.earliest), at(self.grid.latest)) else {
            return;
        };
        let (mut day, last) = (clock.date(earliest), clock.date(latest));
        let mut days = 1;
        let wanted = out.len() + count;
        while day <= last && out.len() < wanted {
            self.open_days(day, days, true);
            let missing = wanted - out.len();
            out.extend(self.grid.starts(&self.open, &self.time.busy).take(missing));
            let Some(next) = day.checked_add_days(Days::new(u64::from(days))) else {
                return;
            };
            day = next;
            days = (days * 2).min(MOST_DAYS);
        }
    }

    /// Whether the hours alone offer `start`, on the grid, within notice and horizon. Taken time is the database's to judge.
    pub fn offers(&mut self, start: DateTime<Utc>) -> bool {
        let Some(eve) = self.clock.as_ref().and_then(|clock| clock.date(start).pred_opt()) else {
            return false;
        };
        self.open_days(eve, TWO_DAYS, false);
        start.timestamp_subsec_nanos() == 0 && self.grid.offers(&self.open, start.timestamp())
    }

    /// `hours_around` for one who asks for nothing else.
    pub fn hours_of(time: &'a HolderTime, at: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let any = Grid {
            length: 1,
            step: 1,
            before: 0,
            after: 0,
            earliest: 0,
            latest: 0,
        };
        Self::new(time, &[], any).hours_around(at)
    }

    /// The hours of the local day of `at` and of the day before, absences cut out.
    pub fn hours_around(&mut self, at: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let Some(eve) = self.clock.as_ref().and_then(|clock| clock.date(at).pred_opt()) else {
            return Vec::new();
        };
        // A full day has its hours all the same.
        let full = std::mem::take(&mut self.full);
        self.open_days(eve, TWO_DAYS, false);
        self.full = full;
        let instant = |seconds| DateTime::from_timestamp(seconds, 0);
        self.open
            .iter()
            .filter_map(|window| Some((instant(window.from)?, instant(window.until)?)))
            .collect()
    }

    /// The windows of `days` days from `first` on: shifts less absences, and less the patient's own time if asked.
    fn open_days(&mut self, first: chrono::NaiveDate, days: u16, patient_too: bool) {
        self.shifts.clear();
        self.present.clear();
        self.open.clear();
        let Some(clock) = &self.clock else { return };
        self.time.hours.windows(
            first,
            days,
            &self.full,
            |date, local| clock.instant(date, local),
            &mut self.shifts,
        );
        if let Some(offset) = self
            .time
            .more
            .as_ref()
            .map(Particulars::offset)
            .filter(|offset| *offset > 0)
        {
            self.shifts.iter_mut().for_each(|window| window.anchor += offset);
        }
        if patient_too {
            subtract(&self.shifts, &self.time.away, &mut self.present);
            subtract(&self.present, self.patient_busy, &mut self.open);
        } else {
            subtract(&self.shifts, &self.time.away, &mut self.open);
        }
    }
}

/// The clock on which a therapist's hours are read; `None` for one who has never set hours.
pub fn clock_of(time: &HolderTime) -> Option<Travels<Zone>> {
    let home = time.zone?;
    Some(match &time.more {
        Some(more) => Travels::new(home, more.legs.iter().copied()),
        None => Travels::at_home(home),
    })
}

/// A start time as the patient reads it. `None` for an instant outside the calendar.
pub fn slot(zone: Zone, start: i64) -> Option<SlotView> {
    let starts = DateTime::from_timestamp(start, 0)?;
    let date = zone.date(starts);
    Some(SlotView {
        starts,
        date,
        day: zones::day(date),
        clock: zones::clock(zone, starts),
    })
}
