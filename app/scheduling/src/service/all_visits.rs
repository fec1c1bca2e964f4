//! All visits, a leaf at a time, for the desk's table and its file (R13). The caller is the desk: it decides who may, and writes the
//! audit, because it knows which columns leave.

use crate::{
    Error,
    api::view::DeskVisitRow,
    store::agenda::{Entry, Row},
};
use kernel::{Ctx, Tx, VisitId, Zone};

use super::{cast::Cast, zones};

pub use crate::store::all_visits::{Filter as VisitFilter, Leaf, VisitPlace};

/// A leaf of the table, always in order of time.
#[derive(Debug)]
pub struct VisitLeaf {
    pub rows: Vec<DeskVisitRow>,
    /// The row before which there are more.
    pub earlier: Option<VisitPlace>,
    /// The row after which there are more.
    pub later: Option<VisitPlace>,
}

/// # Errors
/// `Store` when the database does not answer.
pub async fn all_visits(
    ctx: &Ctx,
    tx: &mut Tx,
    filter: &VisitFilter,
    leaf: Leaf,
    size: usize,
    zone: Zone,
) -> Result<VisitLeaf, Error> {
    let limit = i64::try_from(size.saturating_add(1)).unwrap_or(i64::MAX);
    let mut rows = crate::store::all_visits::leaf(tx, filter, leaf, limit).await?;
    let more = rows.len() > size;
    rows.truncate(size);
    if matches!(leaf, Leaf::Before(_)) {
        rows.reverse();
    }
    let place = |row: &Row| match row.entry {
        Entry::Visit(id, _) => Some(VisitPlace { starts: row.starts, id }),
        Entry::Request(..) => None,
    };
    let (first, last) = (rows.first().and_then(place), rows.last().and_then(place));
    let (earlier, later) = match leaf {
        Leaf::First => (None, last.filter(|_| more)),
        Leaf::After(_) => (first, last.filter(|_| more)),
        Leaf::Before(_) => (first.filter(|_| more), last),
    };
    let now = ctx.clock.now();
    let cast = Cast::of_rows(tx, &rows, now).await?;
    let rows = rows
        .iter()
        .map(|row| {
            Ok(DeskVisitRow {
                row: cast.agenda_row(ctx, row, zone, now)?,
                therapist_when: zones::when(cast.therapist_zone(row.therapist)?, row.starts, row.ends),
            })
        })
        .collect::<Result<_, Error>>()?;
    Ok(VisitLeaf { rows, earlier, later })
}

/// The statement of a leaf alone: for the bench that holds it against a bare keyset query.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn all_visits_statement(
    tx: &mut Tx,
    filter: &VisitFilter,
    leaf: Leaf,
    limit: i64,
) -> Result<Vec<VisitId>, Error> {
    let rows = crate::store::all_visits::leaf(tx, filter, leaf, limit).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| match row.entry {
            Entry::Visit(id, _) => Some(id),
            Entry::Request(..) => None,
        })
        .collect())
}
