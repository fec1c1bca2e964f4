//! Documents become pictures of their pages, drawn in another process; the PDF itself is not kept.

use super::{CheckError, Kept, Measures, Use, Work};
use crate::{
    model::{FileKind, Refusal, sniff},
    raster::{RasterError, Rasteriser},
    store,
};
use kernel::Task;

impl From<RasterError> for CheckError {
    fn from(error: RasterError) -> Self {
        match error {
            RasterError::Refused(refusal) => Self::Refused(refusal),
            RasterError::Fault(error) => Self::Fault(error),
        }
    }
}

pub(super) async fn check(work: &Work<'_>, rasteriser: &Rasteriser) -> Result<Kept, CheckError> {
    let pdf = work.source.read(0..work.source.length()).await?;
    if sniff(&pdf) != Some(FileKind::Pdf) {
        return Err(Refusal::WrongKind.into());
    }
    let mut sheet = rasteriser.open(pdf).await?;
    let pages = sheet.pages();
    let mut kept = Kept {
        measures: Measures {
            pages,
            ..Measures::default()
        },
        assets: Vec::new(),
    };
    tell(work, 0, pages).await?;
    while let Some(page) = sheet.next().await? {
        if page.page == 1 {
            (kept.measures.width, kept.measures.height) = (page.width, page.height);
        }
        let name = format!("p{}", page.page);
        kept.assets
            .push(work.keep(name.clone(), Use::Full, page.page, &page.full).await?);
        kept.assets
            .push(work.keep(name + "-small", Use::Small, page.page, &page.small).await?);
        tell(work, page.page, pages).await?;
    }
    Ok(kept)
}

/// How far the check is, for the tray.
async fn tell(work: &Work<'_>, done: u32, all: u32) -> Result<(), CheckError> {
    let mut tx = work.house.db.begin_task(Task::Worker).await?;
    store::item::set_steps(&mut tx, work.item.id, done, all).await?;
    tx.commit().await?;
    Ok(())
}
