//! The wishes of a search, as the address carries them: opaque ids and listed codes, nothing typed.

use crate::{
    api::MoreWishes,
    model::ServiceId,
    ui::{parts::with_query, words},
};
use kernel::PatientId;
use leptos_router::params::ParamsMap;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindQuery {
    pub person: Option<PatientId>,
    pub service: Option<ServiceId>,
    pub specialty: String,
    pub language: String,
    pub more: MoreWishes,
    /// How many therapists the list shows; 0: as many as by default.
    pub shown: u16,
}

impl FindQuery {
    pub fn read(query: &ParamsMap) -> Self {
        let code = |name| query.get_str(name).unwrap_or_default().to_owned();
        Self {
            person: query.get_str("for").and_then(|id| id.parse().ok()),
            service: query.get_str("service").and_then(|id| id.parse().ok()),
            specialty: code("specialty"),
            language: code("language"),
            more: MoreWishes {
                concern: code("concern"),
                gender: code("gender"),
                insurer: code("insurer"),
            },
            shown: query
                .get_str("shown")
                .and_then(|count| count.parse().ok())
                .unwrap_or_default(),
        }
    }

    /// Is anything asked that is folded away by default?
    pub fn asks_more(&self) -> bool {
        self.more != MoreWishes::default()
    }

    /// Without one wish, by its name in the address.
    #[must_use]
    pub fn without(&self, wish: &str) -> Self {
        let mut rest = self.clone();
        match wish {
            "specialty" => rest.specialty.clear(),
            "language" => rest.language.clear(),
            "concern" => rest.more.concern.clear(),
            "gender" => rest.more.gender.clear(),
            "insurer" => rest.more.insurer.clear(),
            "service" => rest.service = None,
            _ => {}
        }
        rest
    }

    /// "/my/find?for=…&language=es"
    pub fn address(&self) -> String {
        with_query("/my/find", &self.wishes())
    }

    /// The same list with as many more, from the first of them on: "/my/find?language=es&shown=40#therapist-21".
    pub fn longer(&self, shown: usize, by: usize) -> String {
        let mut pairs = self.wishes().to_vec();
        pairs.push(("shown", (shown + by).to_string()));
        format!("{}#therapist-{}", with_query("/my/find", &pairs), shown + 1)
    }

    /// The days of anybody who fits: "/my/find/any?language=es&on=2026-11-24". `at`: a day or a month.
    pub fn any(&self, at: Option<(&'static str, String)>) -> String {
        let mut pairs = self.wishes().to_vec();
        pairs.extend(at);
        with_query("/my/find/any", &pairs)
    }

    fn wishes(&self) -> [(&'static str, String); 7] {
        [
            ("for", self.person.map(|id| id.to_string()).unwrap_or_default()),
            ("service", self.service.map(|id| id.to_string()).unwrap_or_default()),
            ("specialty", self.specialty.clone()),
            ("language", self.language.clone()),
            ("concern", self.more.concern.clone()),
            ("gender", self.more.gender.clone()),
            ("insurer", self.more.insurer.clone()),
        ]
    }
}

/// The wishes in words, to go after "with anyone": ", who speaks Spanish, takes Aetna"; empty without any.
pub fn wish_words(query: &FindQuery) -> String {
    let said = |code: &str, words: fn(&str) -> String| (!code.is_empty()).then(|| words(code));
    let words: Vec<String> = [
        said(&query.language, |code| format!("speaks {}", words::language(code))),
        said(&query.specialty, |code| {
            format!("works on {}", words::specialty(code).to_lowercase())
        }),
        said(&query.more.concern, |code| {
            format!("helps with {}", words::concern(code).to_lowercase())
        }),
        said(&query.more.insurer, |code| format!("takes {}", words::insurer(code))),
        said(&query.more.gender, |code| {
            format!("is a {}", words::gender(code).to_lowercase())
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    if words.is_empty() {
        String::new()
    } else {
        format!(" who {}", words.join(", "))
    }
}

/// How an empty result names the wish that excludes most.
pub fn wish_name(wish: &str) -> &'static str {
    match wish {
        "specialty" => "the need",
        "language" => "the language",
        "concern" => "the concern",
        "gender" => "the gender",
        "insurer" => "the insurance",
        "service" => "the kind of visit",
        _ => "this wish",
    }
}

#[cfg(test)]
mod tests {
    use super::{FindQuery, wish_name};
    use crate::api::MoreWishes;

    #[test]
    fn each_wish_can_be_dropped_by_its_name() {
        let query = FindQuery {
            more: MoreWishes {
                concern: "nights".to_owned(),
                gender: "woman".to_owned(),
                insurer: "aetna".to_owned(),
            },
            ..FindQuery::default()
        };
        assert_eq!(query.address(), "/my/find?concern=nights&gender=woman&insurer=aetna");
        assert!(query.asks_more());
        let on = query.any(Some(("on", "2026-11-24".to_owned())));
        assert!(
            on.starts_with("/my/find/any?concern=nights&") && on.ends_with("&on=2026-11-24"),
            "{on}"
        );
        let mut rest = query;
        for wish in ["concern", "gender", "insurer"] {
            rest = rest.without(wish);
            assert_ne!(wish_name(wish), "this wish");
        }
        assert_eq!(rest, FindQuery::default());
        assert!(!rest.asks_more());
    }

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
        let longer = query.longer(20, 20);
        assert_eq!(longer, "/my/find?specialty=sleep&language=es&shown=40#therapist-21");
    }
}
