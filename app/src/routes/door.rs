//! What everybody may open: the public pages and signing in. A first visit loads this piece and no other.

use super::lazy::lazy_pages;
use crate::home::PublicHomePage;
use identity::ui::SignInPage;

lazy_pages! {
    door_page, __preload_door_page:
    PUBLIC_HOME => PublicHomePage,
    SIGN_IN => SignInPage,
}
