//! The desk's own texts: every liaison uses and keeps them.

use crate::{
    Error,
    api::view::TemplateView,
    model::{Purpose, TemplateId},
    store,
};
use kernel::{
    Ctx,
    audit::{self, Looked, Subject},
};
use scheduling::model::DeclineReason;

use super::role;

const NAME_LIMIT: usize = 60;
const BODY_LIMIT: usize = 2_000;

/// # Errors
/// `NotFound` for every role but liaison.
pub async fn templates(ctx: &Ctx) -> Result<Vec<TemplateView>, Error> {
    role::desk(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let all = store::template::all(&mut tx, None).await?;
    tx.commit().await?;
    Ok(all)
}

/// A template as a form sends it.
#[derive(Debug, Clone, Default)]
pub struct NewTemplate {
    /// `None` for a new one.
    pub template: Option<TemplateId>,
    pub purpose: String,
    pub name: String,
    pub body: String,
    pub reason: String,
}

/// # Errors
/// `Invalid(purpose|name|body|reason)`, `NotFound` for every role but liaison and for one that is not there.
pub async fn save_template(ctx: &Ctx, new: &NewTemplate) -> Result<TemplateId, Error> {
    role::desk(ctx)?;
    let purpose: Purpose = new
        .purpose
        .trim()
        .parse()
        .map_err(|_| Error::invalid("purpose", "unknown"))?;
    let reason = match (purpose, new.reason.trim()) {
        (Purpose::Decline, text) if !text.is_empty() => {
            let reason: DeclineReason = text.parse().map_err(|_| Error::invalid("reason", "unknown"))?;
            reason.as_str().to_owned()
        }
        _ => String::new(),
    };
    let view = TemplateView {
        template: new.template.unwrap_or_else(|| ctx.ids.next()),
        purpose,
        name: text("name", &new.name, NAME_LIMIT)?,
        body: text("body", &new.body, BODY_LIMIT)?,
        reason,
    };
    let is_new = new.template.is_none();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if !store::template::save(&mut tx, &view, is_new, ctx.actor.account, ctx.clock.now()).await? {
        return Err(Error::NotFound);
    }
    let looked = if is_new { Looked::Created } else { Looked::Changed };
    audit::record(&mut tx, looked, Subject::new("template", view.template.uuid()));
    tx.commit().await?;
    Ok(view.template)
}

/// # Errors
/// `NotFound` for every role but liaison and for one that is not there.
pub async fn remove_template(ctx: &Ctx, template: TemplateId) -> Result<(), Error> {
    role::desk(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if !store::template::remove(&mut tx, template).await? {
        return Err(Error::NotFound);
    }
    audit::record(&mut tx, Looked::Removed, Subject::new("template", template.uuid()));
    tx.commit().await?;
    Ok(())
}

/// Trimmed text that must be there.
pub fn text(field: &'static str, text: &str, limit: usize) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid(field, "required"));
    }
    if text.chars().count() > limit {
        return Err(Error::invalid(field, "too_long"));
    }
    Ok(text.to_owned())
}
