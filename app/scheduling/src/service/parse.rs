//! Form texts into domain values; every refusal names its field.

use crate::Error;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::str::FromStr;

pub use super::zones::instant;

/// A date, "2026-11-24".
///
/// # Errors
/// `Invalid` at `field`: `required`, `malformed`.
pub fn date(field: &str, text: &str) -> Result<NaiveDate, Error> {
    match text.trim() {
        "" => Err(Error::invalid(field, "required")),
        text => {
            let date: NaiveDate = text.parse().map_err(|_| Error::invalid(field, "malformed"))?;
            // Far beyond any life, and far from where a calendar ends.
            let sane = (1900..=2200).contains(&date.year());
            sane.then_some(date).ok_or_else(|| Error::invalid(field, "malformed"))
        }
    }
}

/// A date, or `None` for an empty field.
///
/// # Errors
/// `Invalid` at `field`: `malformed`.
pub fn optional_date(field: &str, text: &str) -> Result<Option<NaiveDate>, Error> {
    if text.trim().is_empty() {
        Ok(None)
    } else {
        date(field, text).map(Some)
    }
}

/// A time of day as minutes after midnight; "24:00" is midnight at the end of the day.
///
/// # Errors
/// `Invalid` at `field`: `required`, `malformed`.
pub fn minute(field: &str, text: &str) -> Result<u16, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid(field, "required"));
    }
    // Browsers may add seconds.
    let mut parts = text.split(':').map(str::parse::<u16>);
    match (parts.next(), parts.next()) {
        (Some(Ok(hour)), Some(Ok(minute))) if minute < 60 && (hour < 24 || (hour == 24 && minute == 0)) => {
            Ok(hour * 60 + minute)
        }
        _ => Err(Error::invalid(field, "malformed")),
    }
}

/// A whole number up to `most`, or `None` for an empty field.
///
/// # Errors
/// `Invalid` at `field`: `malformed`, `too_long`.
pub fn number(field: &str, text: &str, most: u16) -> Result<Option<u16>, Error> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse() {
            Ok(number) if number <= most => Ok(Some(number)),
            Ok(_) => Err(Error::invalid(field, "too_long")),
            Err(_) => Err(Error::invalid(field, "malformed")),
        },
    }
}

/// "09:30"
pub fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A listed code.
///
/// # Errors
/// `Invalid` at `field`: `required`, `unknown`.
pub fn code<T: FromStr>(field: &str, text: &str) -> Result<T, Error> {
    match text.trim() {
        "" => Err(Error::invalid(field, "required")),
        text => text.parse().map_err(|_| Error::invalid(field, "unknown")),
    }
}

/// Trimmed text of at most `limit` characters; `None` when nothing is left. A form without script sends two characters for the
/// end of a line where the browser, which holds the writer to the same limit, counts one.
///
/// # Errors
/// `Invalid` at `field`: `too_long`.
pub fn text(field: &str, text: &str, limit: usize) -> Result<Option<String>, Error> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > limit {
        return Err(Error::invalid(field, "too_long"));
    }
    Ok((!text.is_empty()).then_some(text))
}

/// An opaque page cursor: the id of the last row, so that no sort value travels in an address.
///
/// # Errors
/// `NotFound` for anything else.
pub fn cursor<T: FromStr>(text: &str) -> Result<Option<T>, Error> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Error::NotFound),
    }
}

/// The first day of the month of "2026-11" or "2026-11-24"; `None` for anything else.
pub fn month(text: &str) -> Option<NaiveDate> {
    let mut parts = text.trim().split('-');
    let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    // As far as a date may be typed: what comes after the last year would overflow.
    (1900..=2200)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year, month, 1))
        .flatten()
}

/// The instant, when there is a readable one.
pub fn optional_instant(text: &str) -> Option<DateTime<Utc>> {
    instant("", text).ok()
}

#[cfg(test)]
mod tests {
    use super::{clock, minute, month, text};

    #[test]
    fn a_month_is_of_a_year_that_may_be_typed() {
        assert!(month("2027-03").is_some() && month("2027-03-24").is_some());
        assert!(month("262142-12").is_none() && month("1899-12").is_none());
    }

    #[test]
    fn the_end_of_a_line_counts_as_one_character_as_in_the_browser() {
        let lines = "ab\r\n".repeat(3) + "ab";
        assert_eq!(text("words", &lines, 11).unwrap().as_deref(), Some("ab\nab\nab\nab"));
        assert!(text("words", &lines, 10).is_err());
    }

    #[test]
    fn a_day_has_1440_minutes_and_midnight_twice() {
        assert_eq!(minute("from", "09:30").unwrap(), 570);
        assert_eq!(minute("from", "09:30:00").unwrap(), 570);
        assert_eq!(minute("until", "24:00").unwrap(), 1440);
        assert!(minute("until", "24:01").is_err());
        assert!(minute("until", "25:00").is_err());
        assert_eq!(clock(570), "09:30");
    }

    #[test]
    fn text_is_counted_in_characters_not_bytes() {
        assert_eq!(
            text("reason", " \u{e9}\u{e9} ", 2).unwrap().as_deref(),
            Some("\u{e9}\u{e9}")
        );
        assert!(text("reason", "abc", 2).is_err());
        assert_eq!(text("reason", "  ", 2).unwrap(), None);
    }

    #[test]
    fn a_month_is_read_from_any_date_of_it() {
        assert_eq!(month("2026-11-24"), month("2026-11"));
        assert_eq!(month("soon"), None);
    }
}
