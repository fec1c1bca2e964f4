//! The way from an account page to its letters.

use kit::prelude::*;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The page of choices beside an account page; `None` where nobody gets letters.
fn page(account: &str) -> Option<String> {
    matches!(account, "/my/account" | "/care/account").then(|| format!("{account}/letters"))
}

/// A section for the account page. Empty in areas whose people get no letters.
#[component]
pub fn LettersEntry() -> impl IntoView {
    let href = use_location().pathname.with_untracked(|path| page(path));
    href.map(|href| {
        let feed = href.replace("/letters", "/feed");
        view! {
            <Section title="Letters">
                <p class="muted">"What we write to you by e-mail, and how long before a visit we remind you."</p>
                <p><LinkButton href=href icon="message">"Choose your letters"</LinkButton></p>
            </Section>
            <Section title="Calendar link">
                <p class="muted">"Your visits in the calendar of your phone or mail program."</p>
                <p><LinkButton href=feed icon="calendar">"Link a calendar"</LinkButton></p>
            </Section>
        }
    })
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn only_who_gets_letters_can_choose_them() {
        assert_eq!(page("/my/account").as_deref(), Some("/my/account/letters"));
        assert_eq!(page("/care/account").as_deref(), Some("/care/account/letters"));
        assert_eq!(page("/desk/account"), None);
        assert_eq!(page("/admin/account"), None);
    }
}
