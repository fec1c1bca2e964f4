//! Names and values: the facts of one thing.

use leptos::prelude::*;

/// A list of `Definition`s, two columns while there is room.
///
/// ```ignore
/// <DefinitionList> <Definition term="Languages">"English, Spanish"</Definition> </DefinitionList>
/// ```
#[component]
pub fn DefinitionList(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One name and its value.
#[component]
pub fn Definition(#[prop(into)] term: String, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{term}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
