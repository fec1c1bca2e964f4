//! A page of parameters for the tests beside.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

use crate::{
    api::view::{RuleChange, RuleField, RulesVersion, RulesView},
    model::{Group, Parameter, RulesVersionId, Scope},
    ui::testing::{face, service, when, zone},
};
use kernel::IdempotencyKey;
use uuid::Uuid;

pub fn rules_view() -> RulesView {
    RulesView {
        group: Group::Slots,
        scope: Scope::HOUSE,
        services: vec![service()],
        therapists: vec![face()],
        fields: Parameter::of(Group::Slots)
            .map(|parameter| RuleField {
                parameter,
                set: None,
                wider: parameter.spec().default,
                wider_from: None,
                open: true,
            })
            .collect(),
        number: 0,
        log: Vec::new(),
        zone: zone(),
        today: "2026-11-22".parse().unwrap(),
        key: IdempotencyKey::new(Uuid::from_u128(5)),
    }
}

pub fn version(number: i32, parameter: Parameter, value: i64, planned: bool) -> RulesVersion {
    RulesVersion {
        version: RulesVersionId::new(Uuid::from_u128(9)),
        number,
        at: when("2026-11-21T16:00:00Z"),
        from: planned.then(|| when("2026-12-01T06:00:00Z")),
        planned,
        by: "Ada".to_owned(),
        reason: "More time for families".to_owned(),
        changes: vec![RuleChange {
            parameter,
            was: None,
            value: Some(value),
        }],
    }
}
