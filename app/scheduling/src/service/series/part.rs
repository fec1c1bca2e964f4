//! The part of a series that a change is about.

use crate::{
    Error,
    model::{Extent, SeriesId},
    store::visit::VisitRow,
};
use kernel::TherapistId;

/// One visit of a series, and the others.
pub(super) struct Part {
    pub series: SeriesId,
    pub this: VisitRow,
    /// What the change is about, this one among it, by place.
    pub rows: Vec<VisitRow>,
}

impl Part {
    /// `rows`: all visits of the series. `of`: a therapist changes the own ones alone; somebody may have taken over others.
    ///
    /// # Errors
    /// `NotFound` when the visit is none of them.
    pub fn new(
        rows: Vec<VisitRow>,
        visit: kernel::VisitId,
        extent: Extent,
        of: Option<TherapistId>,
    ) -> Result<Self, Error> {
        let this = rows
            .iter()
            .find(|row| row.id == visit)
            .cloned()
            .ok_or(Error::NotFound)?;
        let place = this.series.ok_or(Error::NotFound)?;
        let rows = rows
            .into_iter()
            .filter(|row| of.is_none_or(|of| row.therapist == of))
            .filter(|row| {
                let number = row.series.map_or(0, |place| place.number);
                match extent {
                    Extent::One => number == place.number,
                    Extent::Following => number >= place.number,
                    Extent::All => true,
                }
            })
            .collect();
        Ok(Self {
            series: place.series,
            this,
            rows,
        })
    }
}
