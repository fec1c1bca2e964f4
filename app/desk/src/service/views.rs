//! A liaison's own way to look at the table: saved filters and chosen columns.

use crate::{
    Error,
    api::view::SavedView,
    model::{Column, ViewId, parse_columns},
    store,
};
use kernel::Ctx;

use super::{role, templates::text};

const NAME_LIMIT: usize = 40;

/// `filters` is the query of the address the liaison looks at; whom a search found and where a page begins stay behind.
///
/// # Errors
/// `Invalid(name|filters)`, `NotFound` for every role but liaison.
pub async fn save_view(ctx: &Ctx, name: &str, filters: &str) -> Result<SavedView, Error> {
    role::desk(ctx)?;
    let view = SavedView {
        view: ctx.ids.next(),
        name: text("name", name, NAME_LIMIT)?,
        filters: kept_filters(filters).ok_or(Error::invalid("filters", "malformed"))?,
    };
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    store::look::save_view(&mut tx, &view, ctx.actor.account).await?;
    tx.commit().await?;
    Ok(view)
}

const KEPT: [&str; 6] = ["from", "to", "state", "therapist", "service", "days"];

fn kept_filters(query: &str) -> Option<String> {
    let mut kept = Vec::new();
    for pair in query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=')?;
        let is_code = value
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || "-_".contains(sign));
        if !is_code {
            return None;
        }
        if KEPT.contains(&name) && !value.is_empty() {
            kept.push(pair);
        }
    }
    Some(kept.join("&"))
}

/// # Errors
/// `NotFound` for every role but liaison and for one that is not the liaison's own.
pub async fn remove_view(ctx: &Ctx, view: ViewId) -> Result<(), Error> {
    role::desk(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let done = store::look::remove_view(&mut tx, view).await?;
    tx.commit().await?;
    if done { Ok(()) } else { Err(Error::NotFound) }
}

/// # Errors
/// `NotFound` for every role but liaison.
pub async fn choose_columns(ctx: &Ctx, columns: &[String]) -> Result<(), Error> {
    role::desk(ctx)?;
    let columns: Vec<String> = parse_columns(columns.iter().map(String::as_str))
        .into_iter()
        .map(|column: Column| column.as_str().to_owned())
        .collect();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    store::look::choose_columns(&mut tx, ctx.actor.account, &columns).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::kept_filters;

    #[test]
    fn a_saved_view_keeps_filters_and_no_place_and_nobody() {
        assert_eq!(
            kept_filters("?state=ended&after=1&find=2&therapist=0199-a&to=").unwrap(),
            "state=ended&therapist=0199-a"
        );
        assert_eq!(kept_filters("").unwrap(), "");
        assert_eq!(kept_filters("state=%3Cscript"), None);
        assert_eq!(kept_filters("state"), None);
    }
}
