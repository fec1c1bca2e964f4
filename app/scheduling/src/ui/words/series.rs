//! Words for visits that repeat.

use crate::{
    api::view::{Hindrance, HindranceKind, SeriesChangeView, SeriesView},
    model::{Every, Extent},
};

pub const fn every(every: Every) -> &'static str {
    match every {
        Every::Week => "Every week",
        Every::TwoWeeks => "Every two weeks",
    }
}

pub const fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::One => "This visit",
        Extent::Following => "This and the following visits",
        Extent::All => "All visits ahead",
    }
}

/// The title of the page on which they change.
pub const fn change_of(extent: Extent) -> &'static str {
    match extent {
        Extent::One => "Change this visit",
        Extent::Following => "Change this and the following",
        Extent::All => "Change all visits ahead",
    }
}

/// "Visit 3 of 10 of a series"
pub fn place_in_series(series: SeriesView) -> String {
    format!("Visit {} of {} of a series", series.number, series.of)
}

/// "7 visits"
pub fn visits_in_short(count: usize) -> String {
    match count {
        1 => "1 visit".to_owned(),
        more => format!("{more} visits"),
    }
}

/// The button that does it.
pub fn cancel_them(count: usize) -> String {
    format!("Cancel {}", visits_in_short(count))
}

/// What is in the way, as far as the reader may know.
pub fn hindrance(hindrance: &Hindrance) -> String {
    match (hindrance.kind, hindrance.with.as_str()) {
        (HindranceKind::TherapistBusy, "") => "Something else is kept at this time".to_owned(),
        (HindranceKind::TherapistBusy, name) => format!("A visit with {name} is there"),
        (HindranceKind::PatientBusy, "") => "The patient has something else at this time".to_owned(),
        (HindranceKind::PatientBusy, name) => format!("The patient meets {name} at this time"),
        (HindranceKind::Away, _) => "The therapist is away, or the clinic is shut".to_owned(),
        (HindranceKind::NoLicence, _) => "The licence for the patient's state has ended by then".to_owned(),
        (HindranceKind::Past, _) => "This time is over".to_owned(),
    }
}

/// What cancelling costs, said before it is done (M18, M19, G12).
pub fn cost_of_cancelling(view: &SeriesChangeView) -> String {
    let late = view.visits.iter().filter(|row| row.late).count();
    if view.staff {
        "The patient pays no fee when you cancel, and gets one letter. The patient reads the reason and your words."
            .to_owned()
    } else if late == 0 {
        "You can cancel these visits without a fee.".to_owned()
    } else {
        let fee = view.late_fee.map_or_else(String::new, |fee| {
            format!(" A fee of {fee} may follow; our team looks at it first.")
        });
        format!("{late} of them starts in less than {} hours.{fee}", view.cut_off_hours)
    }
}

#[cfg(test)]
mod tests {
    use super::hindrance;
    use crate::api::view::{Hindrance, HindranceKind};

    #[test]
    fn a_name_is_said_only_where_there_is_one() {
        let of = |with: &str| {
            hindrance(&Hindrance {
                kind: HindranceKind::TherapistBusy,
                with: with.to_owned(),
            })
        };
        assert_eq!(of("Noah Fischer"), "A visit with Noah Fischer is there");
        assert!(!of("").contains("with"));
    }
}
