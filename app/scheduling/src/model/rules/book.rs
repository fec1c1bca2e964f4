//! Which value holds for whom: the organisation's, unless the service has one, unless the therapist has one, unless this
//! service of this therapist has one.

use super::{Parameter, Parameters, Values};
use crate::model::ServiceId;
use kernel::TherapistId;
use serde::{Deserialize, Serialize};

/// For whom a value is set. Neither: the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Scope {
    pub therapist: Option<TherapistId>,
    pub service: Option<ServiceId>,
}

impl Scope {
    pub const HOUSE: Self = Self {
        therapist: None,
        service: None,
    };

    pub const fn of(service: ServiceId, therapist: TherapistId) -> Self {
        Self {
            therapist: Some(therapist),
            service: Some(service),
        }
    }

    /// Whether what is set here holds there, unless something narrower does.
    pub fn covers(&self, other: &Self) -> bool {
        (self.service.is_none() || self.service == other.service)
            && (self.therapist.is_none() || self.therapist == other.therapist)
    }

    /// The narrower wins; a therapist is narrower than a service.
    const fn rank(&self) -> u8 {
        match (self.therapist, self.service) {
            (None, None) => 0,
            (None, Some(_)) => 1,
            (Some(_), None) => 2,
            (Some(_), Some(_)) => 3,
        }
    }
}

/// One value that somebody has set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    pub scope: Scope,
    pub parameter: Parameter,
    pub value: i64,
}

/// Everything that is set, at one instant, as far as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rulebook {
    /// The wider first.
    settings: Vec<Setting>,
}

impl Rulebook {
    pub fn new(mut settings: Vec<Setting>) -> Self {
        settings.sort_by_key(|setting| setting.scope.rank());
        Self { settings }
    }

    /// The rules for a service of a therapist.
    pub fn of(&self, service: ServiceId, therapist: TherapistId) -> Parameters {
        self.at(&Scope::of(service, therapist))
    }

    /// The rules of a scope.
    pub fn at(&self, scope: &Scope) -> Parameters {
        Parameters::from_values(&self.values(scope))
    }

    pub fn values(&self, scope: &Scope) -> Values {
        let mut values = Values::DEFAULT;
        for setting in self.settings.iter().filter(|setting| setting.scope.covers(scope)) {
            values.set(setting.parameter, setting.value);
        }
        values
    }

    /// What is set in this very scope.
    pub fn set_at(&self, scope: &Scope, parameter: Parameter) -> Option<i64> {
        self.settings
            .iter()
            .find(|setting| setting.scope == *scope && setting.parameter == parameter)
            .map(|setting| setting.value)
    }

    /// Where the value that holds in `scope` comes from; `None` for the default.
    pub fn source(&self, scope: &Scope, parameter: Parameter) -> Option<Scope> {
        self.settings
            .iter()
            .rfind(|setting| setting.parameter == parameter && setting.scope.covers(scope))
            .map(|setting| setting.scope)
    }

    /// Therapists with rules of their own, each perhaps several times.
    pub fn therapists(&self) -> impl Iterator<Item = TherapistId> {
        self.settings.iter().filter_map(|setting| setting.scope.therapist)
    }

    /// The book with other values in one scope; `None` sets nothing there any more.
    #[must_use]
    pub fn with(&self, scope: Scope, changes: &[(Parameter, Option<i64>)]) -> Self {
        let is_replaced = |setting: &Setting| {
            setting.scope == scope && changes.iter().any(|(parameter, _)| *parameter == setting.parameter)
        };
        let kept = self.settings.iter().filter(|setting| !is_replaced(setting)).copied();
        let new = changes.iter().filter_map(|(parameter, value)| {
            value.map(|value| Setting {
                scope,
                parameter: *parameter,
                value,
            })
        });
        Self::new(kept.chain(new).collect())
    }

    /// Every scope in which something is set and that `scope` covers, itself first.
    pub fn below(&self, scope: Scope) -> Vec<Scope> {
        let mut scopes: Vec<Scope> = self
            .settings
            .iter()
            .map(|setting| setting.scope)
            .filter(|other| scope.covers(other) && *other != scope)
            .collect();
        scopes.sort_unstable();
        scopes.dedup();
        scopes.insert(0, scope);
        scopes
    }
}

#[cfg(test)]
mod tests {
    use super::{Rulebook, Scope, Setting};
    use crate::model::{Parameter, ServiceId};
    use kernel::TherapistId;
    use uuid::Uuid;

    fn service(number: u128) -> ServiceId {
        ServiceId::new(Uuid::from_u128(number))
    }

    fn therapist(number: u128) -> TherapistId {
        TherapistId::new(Uuid::from_u128(number))
    }

    fn notice(scope: Scope, value: i64) -> Setting {
        Setting {
            scope,
            parameter: Parameter::Notice,
            value,
        }
    }

    fn book() -> Rulebook {
        let (service, therapist) = (Some(service(1)), Some(therapist(1)));
        // Not in the order in which they win.
        Rulebook::new(vec![
            notice(Scope { therapist, service }, 40),
            notice(
                Scope {
                    therapist,
                    service: None,
                },
                30,
            ),
            notice(Scope::HOUSE, 10),
            notice(
                Scope {
                    therapist: None,
                    service,
                },
                20,
            ),
        ])
    }

    #[test]
    fn the_narrower_value_wins() {
        let minutes = |of: u128, by: u128| book().of(service(of), therapist(by)).notice.num_minutes();
        assert_eq!(
            (minutes(2, 2), minutes(1, 2), minutes(2, 1), minutes(1, 1)),
            (10, 20, 30, 40)
        );
        assert_eq!(
            Rulebook::default().of(service(1), therapist(1)).notice.num_minutes(),
            120
        );
    }

    #[test]
    fn a_value_taken_out_lets_the_wider_one_hold() {
        let narrow = Scope::of(service(1), therapist(1));
        let without = book().with(narrow, &[(Parameter::Notice, None)]);
        assert_eq!(without.values(&narrow).get(Parameter::Notice), 30);
        assert_eq!(without.set_at(&narrow, Parameter::Notice), None);
        assert_eq!(
            without.source(&narrow, Parameter::Notice),
            Some(Scope {
                therapist: Some(therapist(1)),
                service: None
            })
        );
        let with = without.with(narrow, &[(Parameter::Notice, Some(50))]);
        assert_eq!(with.values(&narrow).get(Parameter::Notice), 50);
    }

    #[test]
    fn the_house_covers_every_override_and_a_service_its_own() {
        assert_eq!(book().below(Scope::HOUSE).len(), 4);
        let of_service = Scope {
            therapist: None,
            service: Some(service(1)),
        };
        assert_eq!(
            book().below(of_service),
            vec![of_service, Scope::of(service(1), therapist(1))]
        );
    }
}
