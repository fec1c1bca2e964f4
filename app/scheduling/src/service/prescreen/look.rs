//! The forms for those who write them.

use crate::{
    Error,
    api::view::{PrescreenRow, PrescreenView, PrescreensView, VersionRow},
    model::PrescreenId,
    store::{self, prescreen::Line},
};
use kernel::{
    AccountId, Ctx,
    audit::{self, Looked, Subject},
};

use super::super::{cast::service_view, role, rules_page::own_zone, zones};

/// # Errors
/// `NotFound` for every role but liaison and admin.
pub async fn list_prescreens(ctx: &Ctx) -> Result<PrescreensView, Error> {
    role::asks(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let lines = store::prescreen::all(&mut tx).await?;
    let services = store::catalog::bookable(&mut tx).await?;
    audit::record(&mut tx, Looked::Read, Subject::kind("prescreens"));
    tx.commit().await?;
    Ok(PrescreensView {
        services: services
            .iter()
            .filter(|service| {
                !lines
                    .iter()
                    .any(|line| !line.form.retired && line.form.service == Some(service.id))
            })
            .map(service_view)
            .collect(),
        has_general: lines
            .iter()
            .any(|line| !line.form.retired && line.form.service.is_none()),
        forms: lines.iter().map(row).collect(),
    })
}

fn row(line: &Line) -> PrescreenRow {
    PrescreenRow {
        form: line.form.id,
        name: line.form.name.clone(),
        service: line.service_name.clone(),
        questions: u32::try_from(line.form.questions.len()).unwrap_or(u32::MAX),
        version: line.version.as_ref().map(|(number, _)| *number),
        changed: line
            .version
            .as_ref()
            .is_none_or(|(_, published)| *published != line.form.questions),
        retired: line.form.retired,
    }
}

/// # Errors
/// `NotFound` for an absent form and for every role but liaison and admin.
pub async fn open_prescreen(ctx: &Ctx, form: PrescreenId) -> Result<PrescreenView, Error> {
    role::asks(ctx)?;
    let zone = own_zone(ctx).await?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let line = store::prescreen::all(&mut tx)
        .await?
        .into_iter()
        .find(|line| line.form.id == form)
        .ok_or(Error::NotFound)?;
    let versions = store::prescreen::versions(&mut tx, form).await?;
    let authors: Vec<AccountId> = versions.iter().map(|version| version.by).collect();
    let names = identity::service::names(&mut tx, &authors).await?;
    audit::record(&mut tx, Looked::Read, Subject::new("prescreen", form.uuid()));
    tx.commit().await?;
    Ok(PrescreenView {
        row: row(&line),
        edition: line.form.edition,
        questions: line.form.questions,
        versions: versions
            .into_iter()
            .map(|version| VersionRow {
                number: version.number,
                at: zones::moment(zone, version.at),
                by: names.get(&version.by).cloned().unwrap_or_default(),
                questions: version.questions,
                answered: u32::try_from(version.answered).unwrap_or(u32::MAX),
            })
            .collect(),
    })
}
