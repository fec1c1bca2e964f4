//! Clock readings for people. The zone database lives on the server, so the texts are made here.

use crate::{
    Error,
    api::view::{When, ZoneView},
};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{StoreError, Zone};

/// # Errors
/// `Corrupt` for a name that no zone has.
pub fn parse(name: &str) -> Result<Zone, StoreError> {
    name.parse().map_err(|_| StoreError::Corrupt("zone"))
}

/// "Tue 24 Nov"
pub fn day(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}

/// "10:00"
pub fn clock(zone: Zone, at: DateTime<Utc>) -> String {
    zone.local(at).format("%H:%M").to_string()
}

pub fn view(zone: Zone, at: DateTime<Utc>) -> ZoneView {
    ZoneView {
        name: zone.name().to_owned(),
        label: label(zone.name()),
        offset_minutes: zone.offset_minutes(at),
    }
}

pub fn when(zone: Zone, starts: DateTime<Utc>, ends: DateTime<Utc>) -> When {
    let date = zone.date(starts);
    When {
        starts,
        ends,
        date,
        day: day(date),
        from: clock(zone, starts),
        until: clock(zone, ends),
        zone: view(zone, starts),
    }
}

/// A moment: only the start of the answer means anything.
pub fn moment(zone: Zone, at: DateTime<Utc>) -> When {
    when(zone, at, at)
}

/// "Chicago (Central)": the city of the IANA name, and the name Americans use for their zones.
fn label(name: &str) -> String {
    let city = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    let common = match name {
        "America/New_York" | "America/Detroit" | "America/Indiana/Indianapolis" | "America/Kentucky/Louisville" => {
            "Eastern"
        }
        "America/Chicago" | "America/Menominee" | "America/Indiana/Knox" => "Central",
        "America/Denver" | "America/Boise" | "America/Phoenix" => "Mountain",
        "America/Los_Angeles" => "Pacific",
        "America/Anchorage" | "America/Juneau" => "Alaska",
        "Pacific/Honolulu" => "Hawaii",
        _ => return city,
    };
    format!("{city} ({common})")
}

/// Midnight at the start of `date`.
pub fn midnight(zone: Zone, date: NaiveDate) -> DateTime<Utc> {
    zone.instant(date.and_time(chrono::NaiveTime::MIN))
}

/// An instant as a form sends it (RFC 3339).
///
/// # Errors
/// `Invalid` at `field`.
pub fn instant(field: &str, text: &str) -> Result<DateTime<Utc>, Error> {
    DateTime::parse_from_rfc3339(text.trim())
        .map(|at| at.to_utc())
        .map_err(|_| Error::invalid(field, "malformed"))
}

#[cfg(test)]
mod tests {
    use super::{label, when};

    #[test]
    fn a_time_reads_like_on_a_wall_clock() {
        let chicago = "America/Chicago".parse().unwrap();
        let at = "2026-11-24T16:00:00Z".parse().unwrap();
        let when = when(chicago, at, at + chrono::Duration::minutes(45));
        assert_eq!(
            (when.day.as_str(), when.from.as_str(), when.until.as_str()),
            ("Tue 24 Nov", "10:00", "10:45")
        );
        assert_eq!(
            (when.zone.label.as_str(), when.zone.offset_minutes),
            ("Chicago (Central)", -360)
        );
    }

    #[test]
    fn a_zone_without_a_common_name_is_its_city() {
        assert_eq!(label("Europe/Isle_of_Man"), "Isle of Man");
    }
}
