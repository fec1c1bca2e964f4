//! Pages for developers: absent from a production start.

use super::lazy::lazy_pages;
use kit::ui::KitPage;

lazy_pages! {
    workshop_page, __preload_workshop_page:
    KIT => KitPage,
}
