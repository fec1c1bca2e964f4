//! What a series page is asked for, in its address: ids, dates and numbers, so that a list that was looked at can be looked at
//! again. Words never enter it.

use kernel::PatientId;
use leptos_router::params::ParamsMap;

/// The fields of the form, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeriesFields {
    pub patient: String,
    pub therapist: String,
    pub service: String,
    pub date: String,
    pub clock: String,
    pub minutes: String,
    pub every: String,
    pub times: String,
    pub until: String,
}

impl SeriesFields {
    /// Name and value of each, in the order of the form.
    pub const fn pairs(&self) -> [(&'static str, &String); 9] {
        [
            ("patient", &self.patient),
            ("therapist", &self.therapist),
            ("service", &self.service),
            ("date", &self.date),
            ("clock", &self.clock),
            ("minutes", &self.minutes),
            ("every", &self.every),
            ("times", &self.times),
            ("until", &self.until),
        ]
    }

    /// From an address.
    pub fn read(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
        Self {
            patient: text("patient"),
            therapist: text("therapist"),
            service: text("service"),
            date: text("date"),
            clock: text("clock"),
            minutes: text("minutes"),
            every: text("every"),
            times: text("times"),
            until: text("until"),
        }
    }

    /// "/care/visits/new/series?patient=…&date=2026-11-24&clock=10:00"
    pub fn address(&self, area: &str) -> String {
        let mut address = format!("{area}/visits/new/series");
        let mut mark = '?';
        for (name, value) in self.pairs() {
            if !value.is_empty() && is_plain(value) {
                address.push(mark);
                address.push_str(name);
                address.push('=');
                address.push_str(value);
                mark = '&';
            }
        }
        address
    }

    pub fn patient(&self) -> Option<PatientId> {
        self.patient.parse().ok()
    }

    /// Enough is filled in to look the visits up.
    pub fn is_complete(&self) -> bool {
        let filled = |text: &str| !text.trim().is_empty();
        [&self.patient, &self.service, &self.date, &self.clock, &self.every]
            .into_iter()
            .all(|text| filled(text))
            && (filled(&self.times) || filled(&self.until))
    }
}

/// Ids, dates, readings of a clock.
fn is_plain(text: &str) -> bool {
    text.len() <= 40
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'))
}

#[cfg(test)]
mod tests {
    use super::SeriesFields;

    #[test]
    fn an_address_holds_ids_and_times_and_no_words() {
        let fields = SeriesFields {
            patient: "00000000-0000-0000-0000-000000000002".to_owned(),
            date: "2026-11-24".to_owned(),
            clock: "10:00".to_owned(),
            minutes: "45&x=<y>".to_owned(),
            ..SeriesFields::default()
        };
        assert_eq!(
            fields.address("/care"),
            "/care/visits/new/series?patient=00000000-0000-0000-0000-000000000002&date=2026-11-24&clock=10:00"
        );
        assert_eq!(SeriesFields::default().address("/desk"), "/desk/visits/new/series");
    }

    #[test]
    fn nothing_is_looked_up_before_there_is_an_end() {
        let mut fields = SeriesFields {
            patient: "p".to_owned(),
            service: "s".to_owned(),
            date: "2026-11-24".to_owned(),
            clock: "10:00".to_owned(),
            every: "week".to_owned(),
            ..SeriesFields::default()
        };
        assert!(!fields.is_complete());
        fields.until = "2026-12-24".to_owned();
        assert!(fields.is_complete());
        fields.clock = " ".to_owned();
        assert!(!fields.is_complete());
    }
}
