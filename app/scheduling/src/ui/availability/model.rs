//! The weekly hours as from-to rows: every shift has a row, every weekday one empty row more, so that a second shift of
//! a day needs no script.

use crate::{
    api::view::ShiftRow,
    model::{
        ServiceId, Shift, Weekday,
        week::{WeekShift, laid_out},
    },
};

/// One row of the form. `index` names its fields: `rows[3][from]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursRow {
    pub index: u16,
    pub weekday: Weekday,
    pub from: String,
    pub until: String,
    /// Ids between commas; empty: every service.
    pub services: String,
    /// The row for one more shift.
    pub spare: bool,
}

impl HoursRow {
    pub fn field(&self, part: &str) -> String {
        field(self.index, part)
    }

    /// "Monday, second shift, from"
    pub fn label(&self, place: usize, part: &str) -> String {
        let shift = match place {
            0 => "first",
            1 => "second",
            2 => "third",
            _ => "next",
        };
        format!("{}, {shift} shift, {part}", day_name(self.weekday))
    }
}

pub fn field(index: u16, part: &str) -> String {
    format!("rows[{index}][{part}]")
}

/// The rows of the form by weekday, Monday first.
pub fn rows(shifts: &[ShiftRow]) -> Vec<(Weekday, Vec<HoursRow>)> {
    let mut index = 0;
    let mut row = |weekday, from: &str, until: &str, services: &[ServiceId], spare| {
        index += 1;
        HoursRow {
            index: index - 1,
            weekday,
            from: from.to_owned(),
            until: until.to_owned(),
            services: services.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
            spare,
        }
    };
    Weekday::ALL
        .iter()
        .map(|weekday| {
            let mut day: Vec<_> = shifts
                .iter()
                .filter(|shift| shift.weekday == *weekday)
                .map(|shift| row(*weekday, &shift.from, &shift.until, &shift.services, false))
                .collect();
            day.push(row(*weekday, "", "", &[], true));
            (*weekday, day)
        })
        .collect()
}

/// What a row offers to be for: every service, each one, and the set it is for now where that is none of these.
pub fn service_options(services: &[(ServiceId, String)], chosen: &str) -> Vec<(String, String)> {
    let mut options: Vec<(String, String)> = std::iter::once((String::new(), "Every service".to_owned()))
        .chain(services.iter().map(|(id, name)| (id.to_string(), name.clone())))
        .collect();
    if !options.iter().any(|(value, _)| value == chosen) {
        let named = services.iter().filter(|(id, _)| chosen.contains(&id.to_string()));
        let set: Vec<&str> = named.map(|(_, name)| name.as_str()).collect();
        options.push((chosen.to_owned(), set.join(" and ")));
    }
    options
}

/// The week that the rows describe as they stand, as far as they can be read: for looking ahead while somebody types.
pub fn week_of(rows: &[HoursRow]) -> Vec<WeekShift> {
    let shifts: Vec<WeekShift> = rows
        .iter()
        .filter_map(|row| {
            let (from, until) = (minute(&row.from)?, minute(&row.until)?);
            let services: Vec<ServiceId> = row.services.split(',').filter_map(|id| id.parse().ok()).collect();
            (from < until).then_some(WeekShift {
                shift: Shift {
                    weekday: row.weekday,
                    from,
                    until,
                },
                services,
            })
        })
        .collect();
    laid_out(&shifts)
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    let at = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && at <= 1_440).then_some(at)
}

/// Which row and part a field belongs to: "rows[3][from]".
pub fn place_of(field: &str) -> Option<(usize, &str)> {
    let rest = field.strip_prefix("rows[")?;
    let (index, part) = rest.split_once("][")?;
    Some((index.parse().ok()?, part.strip_suffix(']')?))
}

pub const fn day_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::{place_of, rows, service_options, week_of};
    use crate::{
        api::view::ShiftRow,
        model::{ServiceId, Weekday},
    };
    use std::collections::HashSet;

    fn shift(weekday: Weekday, from: &str, until: &str) -> ShiftRow {
        ShiftRow {
            weekday,
            from: from.to_owned(),
            until: until.to_owned(),
            services: Vec::new(),
        }
    }

    #[test]
    fn every_day_has_its_shifts_and_one_spare_row() {
        let week = rows(&[
            shift(Weekday::Monday, "09:00", "12:00"),
            shift(Weekday::Monday, "13:00", "17:00"),
        ]);
        assert_eq!(week.len(), 7);
        assert_eq!(week[0].1.len(), 3);
        assert_eq!(week[1].1.len(), 1);
        assert!(
            week.iter()
                .all(|(_, day)| day.iter().filter(|row| row.spare).count() == 1)
        );
    }

    #[test]
    fn no_two_rows_share_their_fields() {
        let week = rows(&[shift(Weekday::Tuesday, "09:00", "12:00")]);
        let names: HashSet<_> = week
            .iter()
            .flat_map(|(_, day)| day)
            .map(|row| row.field("from"))
            .collect();
        assert_eq!(names.len(), 8);
        assert!(names.contains("rows[0][from]") && names.contains("rows[7][from]"));
    }

    #[test]
    fn what_is_typed_is_looked_ahead_at_as_far_as_it_can_be_read() {
        let mut typed: Vec<_> = rows(&[shift(Weekday::Monday, "09:00", "12:00")])
            .into_iter()
            .flat_map(|(_, day)| day)
            .collect();
        assert_eq!(week_of(&typed).len(), 1);
        let (index, part) = place_of("rows[1][from]").unwrap();
        assert_eq!(part, "from");
        typed[index].from = "13:00".to_owned();
        typed[index].until = "1".to_owned();
        assert_eq!(week_of(&typed).len(), 1);
        typed[index].until = "24:00".to_owned();
        assert_eq!(week_of(&typed)[1].shift.until, 1_440);
        assert_eq!(place_of("rows[x][from]"), None);
    }

    #[test]
    fn a_row_for_two_services_keeps_them() {
        let ids = [1, 2].map(|number| ServiceId::new(uuid::Uuid::from_u128(number)));
        let services = [(ids[0], "Therapy".to_owned()), (ids[1], "First visit".to_owned())];
        let both = format!("{},{}", ids[0], ids[1]);
        assert_eq!(service_options(&services, "").len(), 3);
        let options = service_options(&services, &both);
        assert_eq!(options[3], (both, "Therapy and First visit".to_owned()));
    }
}
