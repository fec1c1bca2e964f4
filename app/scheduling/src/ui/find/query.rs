//! The wishes of a search, as the address carries them: opaque ids and listed codes, nothing typed.

use crate::{model::ServiceId, ui::parts::with_query};
use kernel::PatientId;
use leptos_router::params::ParamsMap;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindQuery {
    pub person: Option<PatientId>,
    pub service: Option<ServiceId>,
    pub specialty: String,
    pub language: String,
}

impl FindQuery {
    pub fn read(query: &ParamsMap) -> Self {
        Self {
            person: query.get_str("for").and_then(|id| id.parse().ok()),
            service: query.get_str("service").and_then(|id| id.parse().ok()),
            specialty: query.get_str("specialty").unwrap_or_default().to_owned(),
            language: query.get_str("language").unwrap_or_default().to_owned(),
        }
    }

    /// Without one wish, by its name in the address.
    #[must_use]
    pub fn without(&self, wish: &str) -> Self {
        let mut rest = self.clone();
        match wish {
            "specialty" => rest.specialty.clear(),
            "language" => rest.language.clear(),
            "service" => rest.service = None,
            _ => {}
        }
        rest
    }

    /// "/my/find?for=…&language=es"
    pub fn address(&self) -> String {
        let wishes = [
            ("for", self.person.map(|id| id.to_string()).unwrap_or_default()),
            ("service", self.service.map(|id| id.to_string()).unwrap_or_default()),
            ("specialty", self.specialty.clone()),
            ("language", self.language.clone()),
        ];
        with_query("/my/find", &wishes)
    }
}

/// How an empty result names the wish that excludes most.
pub fn wish_name(wish: &str) -> &'static str {
    match wish {
        "specialty" => "the need",
        "language" => "the language",
        "service" => "the kind of visit",
        _ => "this wish",
    }
}

#[cfg(test)]
mod tests {
    use super::FindQuery;

    #[test]
    fn an_address_repeats_the_wishes_and_nothing_else() {
        let query = FindQuery {
            language: "es".to_owned(),
            specialty: "sleep".to_owned(),
            ..FindQuery::default()
        };
        assert_eq!(query.address(), "/my/find?specialty=sleep&language=es");
        assert_eq!(query.without("language").address(), "/my/find?specialty=sleep");
        assert_eq!(FindQuery::default().address(), "/my/find");
    }
}
