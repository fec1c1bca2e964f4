//! Pages of liaisons.

use super::lazy::lazy_pages;
use scheduling::ui::{DeskVisitsPage, RequestDetailPage, RequestQueuePage};

lazy_pages! {
    Home => RequestQueuePage,
    Request => RequestDetailPage,
    Visits => DeskVisitsPage,
}
