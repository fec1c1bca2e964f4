//! Pages of liaisons, partner staff and admins.

use super::lazy::lazy_pages;
use crate::home::{AdminHomePage, PartnerHomePage};
use scheduling::ui::{DeskVisitsPage, RequestDetailPage, RequestQueuePage};

lazy_pages! {
    desk_page, __preload_desk_page:
    Home => RequestQueuePage,
    Request => RequestDetailPage,
    Visits => DeskVisitsPage,
    Partner => PartnerHomePage,
    Admin => AdminHomePage,
}
