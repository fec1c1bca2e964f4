//! The agenda: rows in their order, with a line where a month begins.

use super::super::parts::dates;
use crate::api::view::{AgendaRow, Bookable, Standing};

/// Rows of one month under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    pub name: String,
    pub rows: Vec<AgendaRow>,
}

/// Groups rows that are already in order.
pub fn by_month(rows: Vec<AgendaRow>) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for row in rows {
        let name = dates::month_year(row.when.date);
        match months.last_mut() {
            Some(month) if month.name == name => month.rows.push(row),
            _ => months.push(Month { name, rows: vec![row] }),
        }
    }
    months
}

/// The page of a row in the patient's area.
pub fn my_page(about: Bookable) -> String {
    match about {
        Bookable::Request(request) => format!("/my/requests/{request}"),
        Bookable::Visit(visit) => format!("/my/visits/{visit}"),
    }
}

/// The room of a row, when it is a visit.
pub fn room(about: Bookable) -> Option<String> {
    match about {
        Bookable::Visit(visit) => Some(format!("/room/{visit}")),
        Bookable::Request(_) => None,
    }
}

pub const fn is_request(row: &AgendaRow) -> bool {
    matches!(row.standing, Standing::Request(_))
}

#[cfg(test)]
mod tests {
    use super::by_month;
    use crate::ui::testing::agenda_row;

    #[test]
    fn rows_stand_under_their_month_in_their_order() {
        let months = by_month(vec![
            agenda_row("2026-11-24T16:00:00Z"),
            agenda_row("2026-11-27T20:15:00Z"),
            agenda_row("2026-12-01T16:00:00Z"),
        ]);
        let shape: Vec<_> = months
            .iter()
            .map(|month| (month.name.as_str(), month.rows.len()))
            .collect();
        assert_eq!(shape, [("November 2026", 2), ("December 2026", 1)]);
        assert!(by_month(Vec::new()).is_empty());
    }
}
