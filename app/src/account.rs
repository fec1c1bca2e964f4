//! The account page of every area: the account itself, and what belongs to it by other rooms.

use identity::ui::AccountPage as Account;
use leptos::prelude::*;
use letters::ui::LettersEntry;

#[component]
pub fn AccountPage() -> impl IntoView {
    view! {
        <div class="stack" data-gap="large">
            <Account/>
            <LettersEntry/>
        </div>
    }
    .into_any()
}
