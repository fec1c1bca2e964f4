//! One item with all that its decision needs (S20), beside the list it came from. A decision is one atomic act on the server (U1); if
//! somebody was quicker, the page shows what they did and keeps what was typed.

// In the browser they are half as large.
#![cfg_attr(
    feature = "ssr",
    expect(
        clippy::large_types_passed_by_value,
        reason = "the acts of an item are handles, copied as Leptos has them"
    )
)]

mod acts;
mod affected;
mod change;
mod day;
mod day_bar;
mod decide;
mod letter;
mod owner;
mod propose;
mod request;
mod visit;
mod wish;

use super::{
    keys::{self, Key, press, toggle, use_keys},
    parts::{Failed, JustDecided, UNDO},
    place::List,
    queue::{Fresh, QueueList},
};
use crate::{
    api::{
        self,
        view::{Body, ItemView},
    },
    model::ItemId,
};
use acts::Acts;
use change::CHANGE;
use decide::{APPROVE, ASK, DECLINE};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use owner::TAKE;
use propose::{NEAREST, PROPOSE};
use scheduling::ui::parts::{TypedTime, failure, loaded};

/// The fold with what the desk may know of the patient.
const PATIENT: &str = "patient";

#[component]
pub fn ItemPage() -> impl IntoView {
    let (params, address) = (use_params_map(), use_query_map());
    let item = Memo::new(move |_| params.with(|params| params.get("item")).unwrap_or_default());
    let list = Memo::new(move |_| address.with(List::read));
    let text = Memo::new(move |_| address.with(|query| query.get("text").unwrap_or_default()));
    let acts = Acts::new();
    let changes = acts.changes();
    let detail = Resource::new(
        move || (item.get(), list.get(), changes.get()),
        |(item, list, _)| api::open_item(item, list.kind, list.owner, list.age),
    );
    let queue = Resource::new(
        move || (list.get(), changes.get()),
        |(list, _)| api::queue(list.kind, list.owner, list.age, String::new()),
    );
    let neighbours = RwSignal::new((None, None));
    let typed = Typed::default();
    Effect::new(move |_| {
        // Nor are they put into it again.
        item.track();
        typed.clear();
    });
    use_item_keys(list, neighbours);
    let current = Signal::derive(move || item.with(|item| item.parse::<ItemId>().ok()));
    view! {
        <Title text="Decide"/>
        <div class="desk" data-open="true">
            <section class="queue-side" aria-label="What waits">
                {loaded(queue, SkeletonKind::Rows, 8, move |page| {
                    let list = list.get_untracked();
                    let here = current.get_untracked().map_or_else(|| list.page(""), |item| list.item(item));
                    view! {
                        <div class="stack">
                            <Fresh loaded_at=page.loaded_at on_fresh=Callback::new(move |()| queue.refetch())/>
                            <Failed failure=failure(acts.undo)/>
                            <JustDecided rows=page.undoable undo=acts.undo to=here/>
                            <QueueList rows=page.rows list current/>
                        </div>
                    }.into_any()
                })}
            </section>
            <div class="pane">
                {loaded(detail, SkeletonKind::Text, 12, move |view| {
                    neighbours.set((view.previous, view.next));
                    let item = view.item.to_string();
                    // Words to one patient never stand in the form of another.
                    anew(item, view! { <Item view list=list.get_untracked() acts typed text by_hand=address.with_untracked(TypedTime::read)/> }.into_any())
                })}
            </div>
        </div>
    }
}

/// What somebody is writing: it outlives a refused decision.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed {
    pub words: RwSignal<String>,
    pub question: RwSignal<String>,
    /// Beside times that are proposed.
    pub proposal: RwSignal<String>,
}

impl Typed {
    fn clear(self) {
        self.words.set(String::new());
        self.question.set(String::new());
        self.proposal.set(String::new());
    }
}

fn use_item_keys(list: Memo<List>, neighbours: RwSignal<(Option<ItemId>, Option<ItemId>)>) {
    use_keys(move || {
        let navigate = use_navigate();
        let open = move |address: &str| {
            navigate(address, NavigateOptions::default());
            true
        };
        move |key| {
            let (previous, next) = neighbours.get_untracked();
            let list = list.get_untracked();
            match key {
                Key::Next => next.is_some_and(|item| open(&list.item(item))),
                Key::Previous => previous.is_some_and(|item| open(&list.item(item))),
                Key::Back => open(&list.page("")),
                Key::Approve => keys::focus_inside(APPROVE, "button"),
                Key::Decline => keys::unfold(DECLINE) && keys::focus_inside(DECLINE, "select"),
                Key::Ask => keys::unfold(ASK) && keys::focus_inside(ASK, "textarea"),
                Key::Take => press(TAKE, "button"),
                Key::Peek => toggle(PATIENT),
                Key::Propose => keys::unfold(PROPOSE) && keys::focus_inside(PROPOSE, "input[type=checkbox], select"),
                Key::Change => keys::unfold(CHANGE) && keys::focus_inside(CHANGE, "button, select"),
                Key::Nearest(place) => {
                    keys::unfold(PROPOSE) && press(&format!("{NEAREST}-{place}"), "input[type=checkbox]")
                }
                Key::Undo => press(UNDO, "li:not([hidden]) button"),
                Key::Select | Key::SelectTo | Key::Many => false,
            }
        }
    });
}

#[component]
fn Item(
    view: ItemView,
    list: List,
    acts: Acts,
    typed: Typed,
    text: Memo<String>,
    /// A time for somebody who waits, typed and refused.
    #[prop(default = TypedTime::default())]
    by_hand: TypedTime,
) -> impl IntoView {
    let back = if view.position > 0 {
        format!("Desk, {} of {}", view.position, view.open)
    } else {
        "Desk".to_owned()
    };
    let owner = view! { <owner::Ownership view=view.clone() list=list.clone() acts/> };
    match view.body.clone() {
        Body::Request(detail) => {
            view! { <request::RequestItem view detail=*detail back list acts typed text owner=owner.into_any()/> }
                .into_any()
        }
        Body::Visit(visit) => {
            view! { <visit::VisitItem view body=*visit back list acts typed text owner=owner.into_any()/> }.into_any()
        }
        Body::Letter(_, letter) => {
            view! { <letter::LetterItem view letter=*letter back list acts owner=owner.into_any()/> }.into_any()
        }
        Body::Wish(detail) => {
            view! { <wish::WishItem view detail=*detail back list owner=owner.into_any() by_hand/> }.into_any()
        }
    }
}
