//! A patient, and the form a therapist fills to enter one (R35: name and contact; age, gender, diagnosis optional).

use chrono::NaiveDate;
use kernel::{FieldError, PatientId};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

use super::{relation::Unknown, words::state_name};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatientKind {
    Adult,
    /// Has no account: a guardian acts for the child.
    Child,
}

impl PatientKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Child => "child",
        }
    }
}

impl FromStr for PatientKind {
    type Err = Unknown;
    fn from_str(text: &str) -> Result<Self, Unknown> {
        [Self::Adult, Self::Child]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(Unknown)
    }
}

/// What other slices need to know of a patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientCard {
    pub id: PatientId,
    /// As the person likes to be called: preferred or given name, and family name.
    pub name: String,
    pub kind: PatientKind,
    /// IANA name.
    pub zone: String,
    /// Two letters of a US state: a therapist needs a licence there.
    pub state_code: String,
}

/// The name to show.
pub fn shown_name(given: &str, family: &str, preferred: Option<&str>) -> String {
    format!("{} {family}", preferred.unwrap_or(given))
}

/// A field that does not hold. Codes have their sentence in `ui::words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong {
    pub field: &'static str,
    pub code: &'static str,
}

impl Wrong {
    pub fn into_field_error(self) -> FieldError {
        FieldError {
            field: self.field.to_owned(),
            code: self.code.to_owned(),
        }
    }
}

/// The form as it was typed: flat text, so that it works without script.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PatientForm {
    pub kind: String,
    pub given_name: String,
    pub family_name: String,
    pub preferred_name: String,
    pub birth_date: String,
    pub gender: String,
    pub email: String,
    pub phone: String,
    pub zone: String,
    pub state_code: String,
    pub diagnosis: String,
    pub note: String,
}

/// A patient to enter, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPatient {
    pub kind: PatientKind,
    pub given_name: String,
    pub family_name: String,
    pub preferred_name: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub gender: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// IANA name, checked by the service: the tz database stays out of the browser.
    pub zone: String,
    pub state_code: String,
    pub diagnosis: Option<String>,
    pub note: Option<String>,
}

const LONGEST_NAME: usize = 80;
const LONGEST_TEXT: usize = 4_000;
const LONGEST_EMAIL: usize = 254;

impl PatientForm {
    /// Parses the form; every wrong field is named at once, in the order of the page.
    ///
    /// # Errors
    /// One `Wrong` per field.
    pub fn parse(&self, today: NaiveDate) -> Result<NewPatient, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let mut check = |holds: bool, field, code| {
            if !holds {
                wrong.push(Wrong { field, code });
            }
        };
        let kind = self.kind.parse::<PatientKind>();
        check(kind.is_ok(), "kind", "missing");
        for (field, name) in [("given_name", &self.given_name), ("family_name", &self.family_name)] {
            let name = name.trim();
            check(!name.is_empty(), field, "missing");
            check(name.chars().count() <= LONGEST_NAME, field, "too_long");
        }
        check(
            self.preferred_name.trim().chars().count() <= LONGEST_NAME,
            "preferred_name",
            "too_long",
        );
        let birth_date = optional(&self.birth_date).map(|text| text.parse::<NaiveDate>());
        check(!matches!(birth_date, Some(Err(_))), "birth_date", "not_a_date");
        if let Some(Ok(date)) = birth_date {
            check(
                date <= today && years_between(date, today) <= 120,
                "birth_date",
                "not_possible",
            );
        }
        check(self.gender.trim().chars().count() <= 40, "gender", "too_long");
        let (email, phone) = (optional(&self.email), optional(&self.phone));
        check(email.is_some() || phone.is_some(), "email", "contact_missing");
        check(email.as_deref().is_none_or(is_email), "email", "not_an_email");
        check(phone.as_deref().is_none_or(is_phone), "phone", "not_a_phone");
        check(state_name(&self.state_code).is_some(), "state_code", "missing");
        check(!self.zone.trim().is_empty(), "zone", "missing");
        check(self.diagnosis.chars().count() <= LONGEST_TEXT, "diagnosis", "too_long");
        check(self.note.chars().count() <= LONGEST_TEXT, "note", "too_long");
        match kind {
            Ok(kind) if wrong.is_empty() => Ok(NewPatient {
                kind,
                given_name: self.given_name.trim().to_owned(),
                family_name: self.family_name.trim().to_owned(),
                preferred_name: optional(&self.preferred_name),
                birth_date: birth_date.and_then(Result::ok),
                gender: optional(&self.gender),
                email,
                phone,
                zone: self.zone.trim().to_owned(),
                state_code: self.state_code.clone(),
                diagnosis: optional(&self.diagnosis),
                note: optional(&self.note),
            }),
            _ => Err(wrong),
        }
    }
}

fn optional(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Something on both sides of one `@`, and a dot in the domain. Whether it arrives, only a mail can tell.
fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    text.len() <= LONGEST_EMAIL
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && parts.is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.contains('@') && domain.split('.').filter(|part| !part.is_empty()).count() > 1
        })
}

/// Five to fifteen digits (E.164 ends at fifteen), with the usual signs between them.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.len() <= 32 && (5..=15).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c))
}

/// Full years of age.
pub fn years_between(birth: NaiveDate, today: NaiveDate) -> u32 {
    today.years_since(birth).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{PatientForm, PatientKind, Wrong, shown_name, years_between};
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn form() -> PatientForm {
        PatientForm {
            kind: "adult".to_owned(),
            given_name: " Robin ".to_owned(),
            family_name: "Reed".to_owned(),
            phone: "+1 (312) 555-0142".to_owned(),
            zone: "America/Chicago".to_owned(),
            state_code: "IL".to_owned(),
            ..PatientForm::default()
        }
    }

    #[test]
    fn name_state_zone_and_one_contact_are_enough() {
        let patient = form().parse(day("2027-03-01")).unwrap();
        assert_eq!(
            (patient.given_name.as_str(), patient.kind),
            ("Robin", PatientKind::Adult)
        );
        assert_eq!(
            (patient.birth_date, patient.email, patient.diagnosis),
            (None, None, None)
        );
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let wrong = PatientForm {
            birth_date: "2027-03-02".to_owned(),
            email: "robin@".to_owned(),
            state_code: "ZZ".to_owned(),
            family_name: "  ".to_owned(),
            ..form()
        }
        .parse(day("2027-03-01"))
        .unwrap_err();
        let expected = [
            ("family_name", "missing"),
            ("birth_date", "not_possible"),
            ("email", "not_an_email"),
            ("state_code", "missing"),
        ];
        assert_eq!(wrong, expected.map(|(field, code)| Wrong { field, code }));
    }

    #[test]
    fn a_patient_nobody_can_reach_is_refused() {
        let unreachable = PatientForm {
            phone: String::new(),
            ..form()
        };
        let wrong = unreachable.parse(day("2027-03-01")).unwrap_err();
        assert_eq!(
            wrong,
            [Wrong {
                field: "email",
                code: "contact_missing"
            }]
        );
    }

    #[test]
    fn the_preferred_name_is_shown() {
        assert_eq!(shown_name("Benjamin", "Grant", Some("Bo")), "Bo Grant");
        assert_eq!(shown_name("Ana", "Alvarez", None), "Ana Alvarez");
    }

    #[test]
    fn a_birthday_counts_on_the_day() {
        assert_eq!(years_between(day("2020-03-01"), day("2027-02-28")), 6);
        assert_eq!(years_between(day("2020-03-01"), day("2027-03-01")), 7);
    }
}
