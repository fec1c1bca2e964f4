//! A therapist as patients meet them.

use super::words::{INSURERS, gender_name, insurer_name};
use kernel::TherapistId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The public side of a therapist. Languages, specialties and states are codes; their names are in `model::words`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TherapistCard {
    pub id: TherapistId,
    pub name: String,
    pub title: String,
    /// IANA name.
    pub zone: String,
    pub about: String,
    pub approach: String,
    /// ISO 639-1.
    pub languages: Vec<String>,
    pub specialties: Vec<String>,
    /// States with a licence that is valid today.
    pub licence_states: Vec<String>,
    pub accepts_new: bool,
}

/// What a search may ask for. `None` asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TherapistFilter {
    pub specialty: Option<String>,
    pub language: Option<String>,
    /// Only therapists with a licence for this state.
    pub state_code: Option<String>,
}

/// What patients may ask about a therapist and no card shows: codes of `model::words`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundBy {
    /// `None`: the therapist does not say.
    pub gender: Option<String>,
    pub insurers: Vec<String>,
}

impl FoundBy {
    /// Listed codes only, each once, in the order of the list.
    ///
    /// # Errors
    /// The field that holds an unknown code: `gender`, `insurers`.
    pub fn read<'a>(gender: &str, insurers: impl IntoIterator<Item = &'a str>) -> Result<Self, &'static str> {
        let gender = match gender.trim() {
            "" => None,
            code => Some(gender_name(code).map(|_| code.to_owned()).ok_or("gender")?),
        };
        let wanted: BTreeSet<&str> = insurers.into_iter().collect();
        if wanted.iter().any(|code| insurer_name(code).is_none()) {
            return Err("insurers");
        }
        let listed = INSURERS.iter().map(|(code, _)| *code);
        Ok(Self {
            gender,
            insurers: listed.filter(|code| wanted.contains(code)).map(str::to_owned).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::FoundBy;

    #[test]
    fn only_listed_codes_are_kept_each_once_and_in_order() {
        let found = FoundBy::read("woman", ["uhc", "aetna", "uhc"]).unwrap();
        assert_eq!(found.gender.as_deref(), Some("woman"));
        assert_eq!(found.insurers, ["aetna", "uhc"]);
        assert_eq!(FoundBy::read(" ", []), Ok(FoundBy::default()));
        assert_eq!(FoundBy::read("Woman!", []), Err("gender"));
        assert_eq!(FoundBy::read("", ["my uncle"]), Err("insurers"));
    }
}
