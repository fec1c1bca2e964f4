//! The account page, which every role has, and the choice of letters beside it.

use super::lazy::lazy_pages;
use crate::account::AccountPage;
use letters::ui::{FeedPage, MyLettersPage};

lazy_pages! {
    account_page, __preload_account_page:
    ACCOUNT => AccountPage,
    FEED => FeedPage,
    LETTERS => MyLettersPage,
}
