//! The weekly hours as from-to rows: every shift has a row, every weekday one empty row more, so that a second shift of
//! a day needs no script.

use crate::{api::view::ShiftRow, model::Weekday};

/// One row of the form. `index` names its fields: `rows[3][from]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursRow {
    pub index: u16,
    pub weekday: Weekday,
    pub from: String,
    pub until: String,
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
    let mut row = |weekday, from: &str, until: &str, spare| {
        index += 1;
        HoursRow {
            index: index - 1,
            weekday,
            from: from.to_owned(),
            until: until.to_owned(),
            spare,
        }
    };
    Weekday::ALL
        .iter()
        .map(|weekday| {
            let mut day: Vec<_> = shifts
                .iter()
                .filter(|shift| shift.weekday == *weekday)
                .map(|shift| row(*weekday, &shift.from, &shift.until, false))
                .collect();
            day.push(row(*weekday, "", "", true));
            (*weekday, day)
        })
        .collect()
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
    use super::rows;
    use crate::{api::view::ShiftRow, model::Weekday};
    use std::collections::HashSet;

    fn shift(weekday: Weekday, from: &str, until: &str) -> ShiftRow {
        ShiftRow {
            weekday,
            from: from.to_owned(),
            until: until.to_owned(),
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
}
