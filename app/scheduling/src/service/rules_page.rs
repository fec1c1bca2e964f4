//! An administrator looks at the rules: what is set, where it comes from, who changed it (S30).

use crate::{
    Error,
    api::{
        RulesPlace,
        view::{RuleChange, RuleField, RulesVersion, RulesView},
    },
    model::{Group, Parameter, Scope},
    store::{self, rules::Version},
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, Ctx, Tx, Zone};
use people::TherapistFilter;
use std::collections::HashMap;

use super::{
    cast::{face, service_view},
    role, zones,
};

/// Changes listed on the page.
const LOG: i64 = 30;

/// # Errors
/// `NotFound` for every role but admin, and for a group, service or therapist that is none.
pub async fn rules_page(ctx: &Ctx, place: &RulesPlace) -> Result<RulesView, Error> {
    role::admin(ctx)?;
    let now = ctx.clock.now();
    let zone = own_zone(ctx).await?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let (group, scope) = locate(&mut tx, place).await?;
    let book = store::rules::in_force(&mut tx, None, None, now).await?;
    let log = store::rules::log(&mut tx, scope, LOG).await?;
    let authors: Vec<AccountId> = log.iter().map(|version| version.by).collect();
    let names = identity::service::names(&mut tx, &authors).await?;
    let services = store::catalog::offered(&mut tx).await?;
    let therapists = people::service::find_therapists(&mut tx, &TherapistFilter::default()).await?;
    tx.commit().await?;

    let fields = Parameter::of(group)
        .map(|parameter| {
            let without = book.with(scope, &[(parameter, None)]);
            RuleField {
                parameter,
                set: book.set_at(&scope, parameter),
                wider: without.values(&scope).get(parameter),
                wider_from: without.source(&scope, parameter),
                open: parameter
                    .spec()
                    .may_differ(scope.service.is_some(), scope.therapist.is_some()),
            }
        })
        .collect();
    Ok(RulesView {
        group,
        scope,
        services: services.iter().map(service_view).collect(),
        therapists: therapists.iter().map(face).collect(),
        fields,
        number: log.first().map_or(0, |version| version.number),
        log: log
            .into_iter()
            .map(|version| entry(version, &names, zone, now))
            .collect(),
        zone: zones::view(zone, now),
        today: zone.date(now),
        key: ctx.ids.next(),
    })
}

fn entry(version: Version, names: &HashMap<AccountId, String>, zone: Zone, now: DateTime<Utc>) -> RulesVersion {
    RulesVersion {
        version: version.id,
        number: version.number,
        at: zones::moment(zone, version.at),
        from: (version.effective_from > version.at).then(|| zones::moment(zone, version.effective_from)),
        planned: version.effective_from > now,
        by: names.get(&version.by).cloned().unwrap_or_default(),
        reason: version.reason,
        changes: version
            .changes
            .into_iter()
            .map(|change| RuleChange {
                parameter: change.parameter,
                was: change.was,
                value: change.value,
            })
            .collect(),
    }
}

/// The group and scope that an address names.
///
/// # Errors
/// `NotFound` when one of them is none.
pub async fn locate(tx: &mut Tx, place: &RulesPlace) -> Result<(Group, Scope), Error> {
    let group = match place.group.trim() {
        "" => Group::ALL.first().copied().ok_or(Error::NotFound)?,
        code => code.parse().map_err(|_| Error::NotFound)?,
    };
    let (service, therapist) = (optional(&place.service)?, optional(&place.therapist)?);
    if let Some(service) = service {
        store::catalog::one(tx, service).await?.ok_or(Error::NotFound)?;
    }
    if let Some(therapist) = therapist {
        people::service::therapist_card(tx, therapist)
            .await?
            .ok_or(Error::NotFound)?;
    }
    Ok((group, Scope { therapist, service }))
}

/// An id, or nothing where a form says "all".
///
/// # Errors
/// `NotFound` for anything else.
pub fn optional<T: std::str::FromStr>(text: &str) -> Result<Option<T>, Error> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Error::NotFound),
    }
}

/// The zone in which the administrator reads dates.
pub async fn own_zone(ctx: &Ctx) -> Result<Zone, Error> {
    let me = identity::service::me(ctx).await.map_err(|_| Error::NotFound)?;
    Ok(zones::parse(&me.zone)?)
}
