//! The columns of the table of all visits.

use super::codes;

codes! {
    /// One column. Recordings, notes and what happened in a session have none (S21).
    Column {
        Time = "time",
        Patient = "patient",
        Therapist = "therapist",
        Service = "service",
        State = "state",
        Agreed = "agreed",
        Price = "price",
    }
}

impl Column {
    /// What a liaison sees who never chose.
    pub const DEFAULT: [Self; 5] = [Self::Time, Self::Patient, Self::Therapist, Self::Service, Self::State];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Time => "Time",
            Self::Patient => "Patient",
            Self::Therapist => "Therapist",
            Self::Service => "Kind of visit",
            Self::State => "State",
            Self::Agreed => "Agreed on",
            Self::Price => "Expected",
        }
    }
}

/// Chosen columns, in the order of the table, each once. Without the time a row could not be found again, so it is always there.
pub fn parse<'a>(codes: impl IntoIterator<Item = &'a str>) -> Vec<Column> {
    let chosen: Vec<Column> = codes.into_iter().filter_map(|code| code.parse().ok()).collect();
    Column::ALL
        .iter()
        .copied()
        .filter(|column| *column == Column::Time || chosen.contains(column))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Column, parse};

    #[test]
    fn the_time_is_always_there_and_nothing_twice() {
        assert_eq!(
            parse(["state", "nonsense", "state", "patient"]),
            [Column::Time, Column::Patient, Column::State]
        );
        assert_eq!(parse([]), [Column::Time]);
    }
}
