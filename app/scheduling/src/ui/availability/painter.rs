//! The painted week: what the grid of the kit holds, as shifts and back.

use crate::model::{
    ServiceId, Shift, Weekday,
    week::{WeekShift, laid_out},
};
use kit::paint::{Area, Brush, Painting};

/// Minutes of a row of the grid.
pub const QUARTER: u16 = 15;
const ROWS: u16 = 96;
/// More services than this are written as rows, not painted.
pub const MOST_LAYERS: usize = 12;

/// The services that can be painted apart, in the order of their layers. All layers together are "every service".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layers(pub Vec<(ServiceId, String)>);

impl Layers {
    /// The brush of every service. A therapist who offers nothing yet paints all the same.
    pub fn every(&self) -> Brush {
        let count = self.0.len().clamp(1, MOST_LAYERS);
        (1 << count) - 1
    }

    pub const fn one(place: usize) -> Brush {
        1 << place
    }

    pub fn brush(&self, services: &[ServiceId]) -> Brush {
        if services.is_empty() {
            return self.every();
        }
        let named = self.0.iter().enumerate().filter(|(_, (id, _))| services.contains(id));
        named.fold(0, |brush, (place, _)| brush | Self::one(place))
    }

    /// None named for every service.
    fn services(&self, brush: Brush) -> Vec<ServiceId> {
        if brush == self.every() {
            return Vec::new();
        }
        let mut services: Vec<ServiceId> = self.painted(brush).map(|(id, _)| *id).collect();
        services.sort_unstable();
        services
    }

    fn painted(&self, brush: Brush) -> impl Iterator<Item = &(ServiceId, String)> {
        let there = move |place: &usize| brush & Self::one(*place) != 0;
        self.0
            .iter()
            .enumerate()
            .filter(move |(place, _)| there(place))
            .map(|(_, layer)| layer)
    }

    /// "Every service", "Therapy", "Therapy and First visit"
    pub fn words(&self, brush: Brush) -> String {
        if brush == self.every() {
            return "Every service".to_owned();
        }
        let names: Vec<&str> = self.painted(brush).map(|(_, name)| name.as_str()).collect();
        names.join(" and ")
    }

    /// Every service is the first colour; each set of layers keeps its own.
    pub fn tint(&self, brush: Brush) -> u16 {
        if brush == self.every() { 0 } else { 1 + (brush - 1) % 4 }
    }

    pub fn painting(&self, week: &[WeekShift]) -> Painting {
        let mut painting = Painting::blank(7, ROWS);
        for row in week {
            let (from, until) = (row.shift.from.div_ceil(QUARTER), row.shift.until / QUARTER);
            if let Some(last) = until.checked_sub(1).filter(|last| *last >= from) {
                let column = row.shift.weekday.iso().unsigned_abs() - 1;
                let area = Area {
                    from: (column, from),
                    to: (column, last),
                };
                painting.stroke(area, self.brush(&row.services), true);
            }
        }
        painting
    }

    pub fn week(&self, painting: &Painting) -> Vec<WeekShift> {
        let rows: Vec<WeekShift> = painting
            .runs()
            .into_iter()
            .filter_map(|run| {
                Some(WeekShift {
                    shift: Shift {
                        weekday: Weekday::from_iso(run.column.cast_signed() + 1)?,
                        from: run.from * QUARTER,
                        until: run.until * QUARTER,
                    },
                    services: self.services(run.layers),
                })
            })
            .collect();
        laid_out(&rows)
    }
}

/// Does every shift begin and end on a quarter hour? Painting rounds the others inward.
pub fn is_paintable(week: &[WeekShift]) -> bool {
    week.iter()
        .all(|row| row.shift.from % QUARTER == 0 && row.shift.until % QUARTER == 0)
}

/// "09:15": the name of a row of the grid.
pub fn row_name(row: u16) -> String {
    clock(row * QUARTER)
}

/// "09:15"
pub fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::{Layers, is_paintable, row_name};
    use crate::model::{ServiceId, Shift, Weekday, week::WeekShift};
    use kit::paint::Area;
    use uuid::Uuid;

    fn id(number: u128) -> ServiceId {
        ServiceId::new(Uuid::from_u128(number))
    }

    fn layers() -> Layers {
        Layers(vec![(id(1), "Therapy".to_owned()), (id(2), "First visit".to_owned())])
    }

    fn shift(from: u16, until: u16, services: &[u128]) -> WeekShift {
        WeekShift {
            shift: Shift {
                weekday: Weekday::Tuesday,
                from,
                until,
            },
            services: services.iter().copied().map(id).collect(),
        }
    }

    #[test]
    fn a_week_comes_back_as_it_was_painted() {
        let week = [shift(540, 720, &[]), shift(780, 900, &[1]), shift(900, 1_440, &[2])];
        assert_eq!(layers().week(&layers().painting(&week)), week);
    }

    #[test]
    fn clearing_one_service_leaves_the_others() {
        let layers = layers();
        let mut painting = layers.painting(&[shift(540, 600, &[])]);
        painting.stroke(
            Area {
                from: (1, 38),
                to: (1, 39),
            },
            layers.brush(&[id(1)]),
            false,
        );
        assert_eq!(layers.week(&painting), [shift(540, 570, &[]), shift(570, 600, &[2])]);
        assert_eq!(layers.words(layers.every()), "Every service");
        assert_eq!(layers.words(0b10), "First visit");
    }

    #[test]
    fn who_offers_nothing_yet_paints_hours_for_what_will_come() {
        let none = Layers(Vec::new());
        let week = [shift(540, 600, &[])];
        assert_eq!(none.week(&none.painting(&week)), week);
    }

    #[test]
    fn hours_off_the_quarter_are_known() {
        assert!(is_paintable(&[shift(540, 555, &[])]) && !is_paintable(&[shift(540, 550, &[])]));
        assert_eq!(row_name(37), "09:15");
    }
}
