//! Pages that need no sign-in.

use super::lazy_pages;
use crate::{home::PublicHomePage, not_found::NotFoundPage};

lazy_pages! {
    PublicHome => PublicHomePage,
    Again => NotFoundPage,
}
