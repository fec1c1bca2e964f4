//! Pages that need no sign-in, and the account page that every role has.

use super::lazy::lazy_pages;
use crate::home::PublicHomePage;
use identity::ui::{AccountPage, SignInPage};
use kit::ui::KitPage;

lazy_pages! {
    PublicHome => PublicHomePage,
    SignIn => SignInPage,
    Account => AccountPage,
    Kit => KitPage,
}
