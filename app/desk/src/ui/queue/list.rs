//! Items as a list of links: beside the open one, or alone with boxes to select several.

use crate::{
    api::view::ItemRow,
    model::ItemId,
    ui::{
        keys::{box_id, row_id},
        place::List,
        words,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_router::components::Form;

/// The id of the bar that acts on the selected ones.
pub const MANY: &str = "many";

#[component]
pub fn QueueList(
    rows: Vec<ItemRow>,
    list: List,
    /// The one that is open beside the list.
    #[prop(optional, into)]
    current: Signal<Option<ItemId>>,
    #[prop(optional)] selectable: bool,
) -> impl IntoView {
    let rows = (0_u32..)
        .zip(rows)
        .map(|(place, row)| {
            let tick = selectable.then(|| {
                let label = format!("Select {}, {}", row.person.name, words::kind(row.item.kind));
                view! { <input type="checkbox" class="queue-tick" id=box_id(place) name="item" value=row.item.to_string() aria-label=label/> }
            });
            view! { <li class="queue-line">{tick}<QueueRow row place list=list.clone() current/></li> }
        })
        .collect_view();
    if !selectable {
        return view! { <ul class="queue">{rows}</ul> }.into_any();
    }
    let acts = vec![
        ("approve".to_owned(), "Approve the selected".to_owned()),
        ("decline".to_owned(), "Decline the selected".to_owned()),
        ("take".to_owned(), "Take the selected".to_owned()),
        ("put_aside".to_owned(), "Put the selected aside".to_owned()),
    ];
    // A form of links: what it does is shown on a page of its own before anything is done.
    view! {
        <Form method="get" action="/desk/bulk" attr:class="stack">
            <ul class="queue">{rows}</ul>
            <div id=MANY>
                <FormRow>
                    <Select name="act" label="With the selected" options=acts label_hidden=true/>
                    <Button button_type=ButtonType::Submit>"See what will happen"</Button>
                </FormRow>
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn QueueRow(row: ItemRow, place: u32, list: List, current: Signal<Option<ItemId>>) -> impl IntoView {
    let item = row.item;
    let here = move || (current.get() == Some(item)).then_some("true");
    let (tone, risk) = words::risk(row.risk);
    let owner = row.owner.as_ref().map(|owner| {
        let name = if owner.mine {
            "you".to_owned()
        } else {
            owner.name.clone()
        };
        view! { <span class="queue-owner">{name}</span> }
    });
    let (due, waited, about) = (words::due(&row), words::waited(&row), words::about(&row));
    view! {
        <a class="queue-row" id=row_id(place) href=list.item(item) aria-current=here>
            <span class="strong">{row.person.name}</span>
            <StateChip tone text=risk/>
            <span class="muted">{about}</span>
            <span>{owner} " " {due} " " <span class="queue-waited">{waited}</span></span>
        </a>
    }
}
