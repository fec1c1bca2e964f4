//! What everybody may open: the public pages, signing in, and the account page that every role has. A first visit loads this
//! piece and no other.

use super::lazy::lazy_pages;
use crate::home::PublicHomePage;
use identity::ui::{AccountPage, SignInPage};

lazy_pages! {
    door_page, __preload_door_page:
    PublicHome => PublicHomePage,
    SignIn => SignInPage,
    Account => AccountPage,
}
