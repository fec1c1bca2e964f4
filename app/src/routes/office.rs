//! Pages of partner staff and of admins.

use super::lazy::lazy_pages;
use crate::home::{AdminHomePage, PartnerHomePage};

lazy_pages! {
    Partner => PartnerHomePage,
    Admin => AdminHomePage,
}
