//! The account page, which every role has.

use super::lazy::lazy_pages;
use identity::ui::AccountPage;

lazy_pages! {
    account_page, __preload_account_page:
    ACCOUNT => AccountPage,
}
