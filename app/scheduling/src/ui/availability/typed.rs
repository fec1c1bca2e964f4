//! A week that was refused without script comes back in the address, row by row, so that the form holds it again. Clock
//! readings and ids only: nothing else gets in, and nothing of it concerns a patient.

use super::model::HoursRow;
use crate::api::ShiftInput;

/// The name in the address.
pub const ROWS: &str = "rows";
/// Between rows, and between the parts of one.
const NEXT_ROW: char = '~';
const NEXT_PART: char = '.';

/// "09:00.11:00.~08:00.12:00.id,id"
pub fn written(rows: &[ShiftInput]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|row| {
            let [from, until, services] = [&row.from, &row.until, &row.services].map(|text| plain(text));
            format!("{from}{NEXT_PART}{until}{NEXT_PART}{services}")
        })
        .collect();
    rows.join(&NEXT_ROW.to_string())
}

/// Puts a written week into the rows of the form; a row that was not sent stays as it is.
pub fn put_into<'a>(rows: impl Iterator<Item = &'a mut HoursRow>, written: &str) {
    if written.is_empty() {
        return;
    }
    for (row, text) in rows.zip(written.split(NEXT_ROW)) {
        let mut parts = text.splitn(3, NEXT_PART).map(plain);
        if let (Some(from), Some(until), Some(services)) = (parts.next(), parts.next(), parts.next()) {
            (row.from, row.until, row.services) = (from, until, services);
        }
    }
}

/// What a clock reading or a list of ids is made of.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | ','))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{put_into, written};
    use crate::{api::ShiftInput, ui::availability::model};

    fn input(from: &str, until: &str, services: &str) -> ShiftInput {
        ShiftInput {
            weekday: "mon".to_owned(),
            from: from.to_owned(),
            until: until.to_owned(),
            services: services.to_owned(),
        }
    }

    #[test]
    fn a_week_comes_back_as_it_was_typed() {
        let mut rows: Vec<_> = model::rows(&[]).into_iter().flat_map(|(_, rows)| rows).collect();
        put_into(
            rows.iter_mut(),
            &written(&[input("11:00", "08:00", "0b-1,0c-2"), input("", "", "")]),
        );
        assert_eq!((rows[0].from.as_str(), rows[0].until.as_str()), ("11:00", "08:00"));
        assert_eq!(rows[0].services, "0b-1,0c-2");
        assert!(rows[1].from.is_empty() && rows[2].from.is_empty());
    }

    #[test]
    fn nothing_but_clocks_and_ids_enters_an_address() {
        assert_eq!(written(&[input("nine o'clock&x=<", "24:00", "")]), "nineoclockx.24:00.");
    }
}
