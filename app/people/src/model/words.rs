//! Names behind the codes: specialties, languages, US states. Each list is in the order a select shows it.

/// What therapists help with: `(code, name)`.
pub const SPECIALTIES: &[(&str, &str)] = &[
    ("adhd", "ADHD"),
    ("anxiety", "Anxiety"),
    ("autism", "Autism"),
    ("behavior", "Behavior of children"),
    ("couples", "Couples"),
    ("depression", "Depression"),
    ("family", "Family"),
    ("grief", "Grief"),
    ("language", "Speech and language"),
    ("ocd", "OCD"),
    ("play", "Play therapy"),
    ("sleep", "Sleep"),
    ("stress", "Stress and work"),
    ("substance", "Alcohol and drugs"),
    ("trauma", "Trauma"),
];

/// What brings people, in words of their own, and the specialties that help with it: `(code, words, specialties)`. Nobody needs to
/// know what a profession calls it to find somebody for it.
pub const CONCERNS: &[(&str, &str, &[&str])] = &[
    ("low_mood", "Low mood", &["depression"]),
    ("worry", "Worry and panic", &["anxiety"]),
    ("nights", "Bad nights", &["sleep", "anxiety"]),
    ("pressure", "Pressure at work or school", &["stress"]),
    ("together", "Trouble at home or as a couple", &["couples", "family"]),
    ("loss", "The loss of somebody", &["grief"]),
    ("hurt", "Something bad that happened", &["trauma"]),
    ("rituals", "Thoughts or rituals that do not stop", &["ocd"]),
    ("drinking", "Drinking or drugs", &["substance"]),
    ("attention", "Attention and restlessness", &["adhd"]),
    ("outbursts", "Outbursts of a child", &["behavior", "play"]),
    (
        "otherwise",
        "A child who grows up differently",
        &["autism", "language", "play"],
    ),
];

/// Whose insurance a therapist may take: `(code, name)`.
pub const INSURERS: &[(&str, &str)] = &[
    ("aetna", "Aetna"),
    ("bcbs", "Blue Cross Blue Shield"),
    ("cigna", "Cigna"),
    ("medicaid", "Medicaid"),
    ("medicare", "Medicare"),
    ("tricare", "TRICARE"),
    ("uhc", "UnitedHealthcare"),
];

/// What a search may ask about a therapist's gender: `(code, name)`.
pub const GENDERS: &[(&str, &str)] = &[("woman", "Woman"), ("man", "Man"), ("nonbinary", "Nonbinary")];

/// Languages a visit can be held in: `(ISO 639-1, name)`.
pub const LANGUAGES: &[(&str, &str)] = &[
    ("en", "English"),
    ("es", "Spanish"),
    ("ar", "Arabic"),
    ("zh", "Chinese"),
    ("fr", "French"),
    ("de", "German"),
    ("hi", "Hindi"),
    ("ko", "Korean"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ru", "Russian"),
    ("vi", "Vietnamese"),
];

/// States and the district, whose boards license therapists: `(code, name)`.
pub const STATES: &[(&str, &str)] = &[
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("DC", "District of Columbia"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VA", "Virginia"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
];

/// Time zones of the states above: `(IANA name, name)`.
pub const ZONES: &[(&str, &str)] = &[
    ("America/New_York", "Eastern (New York)"),
    ("America/Chicago", "Central (Chicago)"),
    ("America/Denver", "Mountain (Denver)"),
    ("America/Phoenix", "Mountain without summer time (Phoenix)"),
    ("America/Los_Angeles", "Pacific (Los Angeles)"),
    ("America/Anchorage", "Alaska (Anchorage)"),
    ("Pacific/Honolulu", "Hawaii (Honolulu)"),
];

fn name(list: &'static [(&'static str, &'static str)], code: &str) -> Option<&'static str> {
    list.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

pub fn specialty_name(code: &str) -> Option<&'static str> {
    name(SPECIALTIES, code)
}

/// The specialties that help with a concern; none for a code that is none.
pub fn concern_specialties(code: &str) -> &'static [&'static str] {
    let known = CONCERNS.iter().find(|(known, ..)| *known == code);
    known.map_or(&[], |(_, _, specialties)| specialties)
}

pub fn concern_name(code: &str) -> Option<&'static str> {
    let known = CONCERNS.iter().find(|(known, ..)| *known == code);
    known.map(|(_, words, _)| *words)
}

pub fn insurer_name(code: &str) -> Option<&'static str> {
    name(INSURERS, code)
}

pub fn gender_name(code: &str) -> Option<&'static str> {
    name(GENDERS, code)
}

pub fn language_name(code: &str) -> Option<&'static str> {
    name(LANGUAGES, code)
}

/// The zone's name for people; the IANA name itself where it is none of ours.
pub fn zone_name(zone: &str) -> &str {
    name(ZONES, zone).unwrap_or(zone)
}

pub fn state_name(code: &str) -> Option<&'static str> {
    name(STATES, code)
}

#[cfg(test)]
mod tests {
    use super::{
        CONCERNS, GENDERS, INSURERS, LANGUAGES, SPECIALTIES, STATES, ZONES, concern_specialties, language_name,
        specialty_name, state_name,
    };

    #[test]
    fn no_code_stands_twice() {
        for list in [SPECIALTIES, LANGUAGES, STATES, ZONES, INSURERS, GENDERS] {
            let mut codes: Vec<_> = list.iter().map(|(code, _)| *code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), list.len());
        }
    }

    #[test]
    fn a_code_has_its_name_and_nothing_else_has() {
        assert_eq!(specialty_name("ocd"), Some("OCD"));
        assert_eq!(language_name("es"), Some("Spanish"));
        assert_eq!(state_name("IL"), Some("Illinois"));
        assert_eq!((STATES.len(), state_name("il")), (51, None));
    }

    #[test]
    fn every_specialty_helps_with_some_concern_and_every_concern_is_helped() {
        for (code, _, specialties) in CONCERNS {
            assert!(!specialties.is_empty(), "{code}");
            assert!(specialties.iter().all(|one| specialty_name(one).is_some()), "{code}");
            assert_eq!(concern_specialties(code), *specialties);
        }
        for (specialty, _) in SPECIALTIES {
            assert!(
                CONCERNS.iter().any(|(_, _, all)| all.contains(specialty)),
                "{specialty}"
            );
        }
        assert!(concern_specialties("anything").is_empty());
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn every_zone_offered_is_one() {
        assert!(ZONES.iter().all(|(zone, _)| zone.parse::<kernel::Zone>().is_ok()));
    }
}
