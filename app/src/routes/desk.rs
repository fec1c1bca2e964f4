//! Pages of liaisons, partner staff and admins.

use super::lazy::lazy_pages;
use crate::home::{AdminHomePage, PartnerHomePage};
use scheduling::ui::{DeskVisitsPage, ParametersPage, RequestDetailPage, RequestQueuePage};

lazy_pages! {
    desk_page, __preload_desk_page:
    HOME => RequestQueuePage,
    REQUEST => RequestDetailPage,
    VISITS => DeskVisitsPage,
    PARTNER => PartnerHomePage,
    ADMIN => AdminHomePage,
    PARAMETERS => ParametersPage,
}
