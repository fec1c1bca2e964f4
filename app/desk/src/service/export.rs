//! The table as a file: with a stated reason, in pieces, each audited like the page it would have been.

use crate::{
    Error,
    model::{Column, csv_line, parse_columns},
    store,
};
use bytes::Bytes;
use kernel::{
    Ctx, Zone,
    audit::{self, Looked, Subject},
};
use scheduling::{
    api::view::{DeskVisitRow, Standing},
    service::{Leaf, VisitFilter, all_visits},
    ui::words::{self, Reader},
};

use super::{
    role,
    templates::text,
    visits::{VisitsWish, audit_rows, found},
};

/// Rows read at once: the file is written while it is read, so a million visits need no more memory than these.
const PIECE: usize = 500;
const REASON_LIMIT: usize = 200;

/// A file on its way.
#[derive(Debug)]
pub struct Export {
    ctx: Ctx,
    filter: VisitFilter,
    /// Of whoever takes it.
    zone: Zone,
    columns: Vec<Column>,
    next: Option<Leaf>,
    began: bool,
}

/// Notes who takes what and why; the rows come from `piece`.
///
/// # Errors
/// `Invalid(reason|from|to|state)`, `NotFound` for every role but liaison.
pub async fn export(ctx: &Ctx, wish: &VisitsWish, reason: &str, filters: &str) -> Result<Export, Error> {
    role::desk(ctx)?;
    let reason = text("reason", reason, REASON_LIMIT)?;
    if reason.chars().count() < 3 {
        return Err(Error::invalid("reason", "required"));
    }
    let now = ctx.clock.now();
    let zone = role::own_zone(ctx).await?;
    let (mut filter, _) = wish.filter(zone, now)?;
    let (id, filters) = (ctx.ids.uuid(), filters.chars().take(400).collect::<String>());
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    filter.patients = found(&mut tx, wish.find).await?;
    let columns = store::look::columns(&mut tx).await?;
    store::look::note_export(&mut tx, id, ctx.actor.account, now, &reason, &filters).await?;
    audit::record(&mut tx, Looked::Created, Subject::new("export", id));
    tx.commit().await?;
    Ok(Export {
        ctx: ctx.clone(),
        filter,
        zone,
        columns: columns.map_or_else(
            || Column::DEFAULT.to_vec(),
            |columns| parse_columns(columns.iter().map(String::as_str)),
        ),
        next: Some(Leaf::First),
        began: false,
    })
}

impl Export {
    /// The next piece, `None` after the last.
    ///
    /// # Errors
    /// `Store` when the database does not answer; the file then ends short, and its receiver sees a broken answer.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, Error> {
        let Some(leaf) = self.next else {
            return Ok(None);
        };
        let mut tx = self.ctx.db.begin(&self.ctx.actor).await?;
        let page = all_visits(&self.ctx, &mut tx, &self.filter, leaf, PIECE, self.zone).await?;
        audit_rows(&mut tx, "export", &page.rows);
        tx.commit().await?;
        self.next = page.later.map(Leaf::After);
        let mut text = String::new();
        if !self.began {
            self.began = true;
            text.push_str(&csv_line(self.columns.iter().map(|column| column.label())));
        }
        for row in &page.rows {
            let cells: Vec<String> = self.columns.iter().map(|column| cell(row, *column)).collect();
            text.push_str(&csv_line(cells.iter().map(String::as_str)));
        }
        Ok(Some(Bytes::from(text)))
    }
}

/// One cell: what the page shows, times with their offset so that a file is read the same everywhere.
fn cell(row: &DeskVisitRow, column: Column) -> String {
    let visit = &row.row;
    match column {
        Column::Time => format!("{} {} ({})", visit.when.date, visit.when.from, visit.when.zone.name),
        Column::Patient => visit.person.name.clone(),
        Column::Therapist => visit.therapist.name.clone(),
        Column::Service => words::service(&visit.service),
        Column::State => match visit.standing {
            Standing::Visit(state) => words::visit_word(state, Reader::Staff).to_owned(),
            Standing::Request(state) => words::request_word(state).to_owned(),
        },
        Column::Agreed => format!("{} {}", visit.since.date, visit.since.from),
        Column::Price => visit.service.price.to_string(),
    }
}
