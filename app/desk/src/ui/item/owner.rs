//! Who works on the item, and the way to take it, to let it go, or to take it over.

use super::Acts;
use crate::{
    api::view::{ItemView, Owner},
    ui::{
        parts::{Failed, hidden},
        place::List,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::ui::parts::failure;

/// The part whose button the key `t` presses.
pub const TAKE: &str = "take";

#[component]
pub fn Ownership(view: ItemView, list: List, acts: Acts) -> impl IntoView {
    if view.position == 0 {
        return ().into_any();
    }
    let (item, to) = (view.item.to_string(), list.item(view.item));
    let take = |over: &str, word: &'static str| {
        let fields = hidden(&[("item", &item), ("over", over), ("to", &to)]);
        view! {
            <ActionForm action=acts.take>
                {fields}
                <Button size=ButtonSize::Small button_type=ButtonType::Submit busy=acts.take.pending()>{word} " " <kbd aria-hidden="true">"t"</kbd></Button>
            </ActionForm>
        }
    };
    let body = match view.owner {
        None => view! { <span class="muted">"Nobody has this."</span> {take("false", "Take")} }.into_any(),
        Some(Owner { mine: true, since, .. }) => {
            let fields = hidden(&[("item", &item), ("to", &to)]);
            view! {
                <span>"Taken by you at " {since.from}</span>
                <ActionForm action=acts.let_go>
                    {fields}
                    <Button size=ButtonSize::Small button_type=ButtonType::Submit busy=acts.let_go.pending()>"Let go " <kbd aria-hidden="true">"t"</kbd></Button>
                </ActionForm>
            }
            .into_any()
        }
        Some(owner) => {
            let over = owner.may_take_over.then(|| take("true", "Take over"));
            view! {
                <span class="strong">"Taken by " {owner.name} ", " {owner.since.day} ", " {owner.since.from}</span>
                {over}
            }
            .into_any()
        }
    };
    view! {
        <Failed failure=failure(acts.take)/>
        <div class="cluster ownership" id=TAKE>{body}</div>
    }
    .into_any()
}
