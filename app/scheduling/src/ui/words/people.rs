//! People, services and changes, as a line of a page names them.

use super::states::{Reader, request_word, visit_change};
use crate::{
    api::view::{Face, HistoryRow, Person, ServiceView, Why},
    model::{RequestState, VisitState},
};

/// "Me" for oneself, else the name: a guardian never switches identity, every card says for whom.
pub fn whom(person: &Person) -> String {
    if person.me {
        "Me".to_owned()
    } else {
        person.name.clone()
    }
}

/// "Tess Test, LCSW"
pub fn named(face: &Face) -> String {
    format!("{}, {}", face.name, face.title)
}

/// "Therapy, 45 min"
pub fn service(service: &ServiceView) -> String {
    format!("{}, {} min", service.name, service.minutes)
}

/// "About $86": a price is an estimate until the charge.
pub fn estimate(service: &ServiceView) -> String {
    format!("About {}", service.price)
}

/// "speaks Spanish", "works on sleep", "free this week"
pub fn why(why: &Why) -> String {
    match why {
        Why::Speaks(code) => format!("speaks {}", language(code)),
        Why::WorksOn(code) => format!("works on {}", specialty(code).to_lowercase()),
        Why::HelpsWith(code) => format!("helps with {}", concern(code).to_lowercase()),
        Why::Takes(code) => format!("takes {}", insurer(code)),
        Why::FreeThisWeek => "free this week".to_owned(),
        Why::SeenBefore => "you have met before".to_owned(),
    }
}

pub fn language(code: &str) -> &str {
    people::model::language_name(code).unwrap_or(code)
}

pub fn specialty(code: &str) -> &str {
    people::model::specialty_name(code).unwrap_or(code)
}

pub fn concern(code: &str) -> &str {
    people::model::concern_name(code).unwrap_or(code)
}

pub fn gender(code: &str) -> &str {
    people::model::gender_name(code).unwrap_or(code)
}

pub fn insurer(code: &str) -> &str {
    people::model::insurer_name(code).unwrap_or(code)
}

pub fn state(code: &str) -> &str {
    people::model::state_name(code).unwrap_or(code)
}

/// Who made a change, by role; empty when nobody did and time did it.
pub fn by(role: &str) -> &'static str {
    match role {
        "patient" => "by the patient",
        "guardian" => "by the guardian",
        "therapist" => "by the therapist",
        "liaison" => "by our team",
        _ => "",
    }
}

/// A row of a history: "Confirmed", "Summary corrected".
pub fn change(row: &HistoryRow, reader: Reader) -> &'static str {
    if let Ok(state) = row.to.parse::<VisitState>() {
        visit_change(state, reader)
    } else if let Ok(state) = row.to.parse::<RequestState>() {
        request_word(state)
    } else {
        match row.to.as_str() {
            "corrected" => "Corrected",
            "asked" => "Question asked",
            "answered" => "Question answered",
            "changed" => "Time or therapist changed",
            "moved" => "Moved",
            "overbooked" => "Overbooked",
            "kept" => "Other times declined",
            "reminded" => "Therapist reminded",
            "offered" => "Time offered from the waiting list",
            "offer_passed" => "Offered time let pass",
            "offer_expired" => "Offered time not answered",
            "offer_withdrawn" => "Offered time taken back",
            _ => "Changed",
        }
    }
}

/// Who sat in a room.
pub fn seat(seat: &str) -> &'static str {
    match seat {
        "host" => "Therapist",
        "guardian" => "Guardian",
        _ => "Patient",
    }
}

#[cfg(test)]
mod tests {
    use super::{by, whom, why};
    use crate::api::view::{Person, Why};
    use kernel::PatientId;

    #[test]
    fn a_card_says_for_whom() {
        let mut person = Person {
            patient: PatientId::new(uuid::Uuid::nil()),
            name: "Bo".to_owned(),
            child: true,
            me: false,
        };
        assert_eq!(whom(&person), "Bo");
        person.me = true;
        assert_eq!(whom(&person), "Me");
    }

    #[test]
    fn reasons_read_as_a_sentence() {
        assert_eq!(why(&Why::Speaks("es".to_owned())), "speaks Spanish");
        assert_eq!(why(&Why::FreeThisWeek), "free this week");
    }

    #[test]
    fn a_change_nobody_made_names_nobody() {
        assert_eq!(by("system"), "");
    }
}
