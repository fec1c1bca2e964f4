//! What the child tells its parent: length-prefixed postcard frames. The parent trusts none of it.

use crate::model::Refusal;
use serde::{Deserialize, Serialize};

/// No frame is larger: two pictures of one page.
pub const LARGEST: u32 = 24_000_000;

#[derive(Debug, Serialize, Deserialize)]
pub enum Frame {
    /// The document opened and has so many pages.
    Pages(u32),
    Page(PageFrame),
    Refused(Refusal),
    /// All pages were sent. A stream that ends without it ended by a limit.
    Done,
}

/// One page, from 1, in both sizes.
#[derive(Debug, Serialize, Deserialize)]
pub struct PageFrame {
    pub page: u32,
    pub width: u32,
    pub height: u32,
    pub full: Vec<u8>,
    pub small: Vec<u8>,
}
