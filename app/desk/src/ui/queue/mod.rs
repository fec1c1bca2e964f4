//! The desk (S19): what needs a decision, the most pressing first.

mod fresh;
mod head;
mod list;

pub use fresh::Fresh;
pub use list::QueueList;

use super::{
    keys::{Key, focus_inside, move_focus, press, select, use_keys},
    parts::{Failed, JustDecided, TimesIn, UNDO},
    place::List,
};
use crate::api::{self, Undo, view};
use head::Head;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use list::MANY;
use scheduling::ui::parts::{done, failure, loaded};

#[component]
pub fn QueuePage() -> impl IntoView {
    let address = use_query_map();
    let list = Memo::new(move |_| address.with(List::read));
    let after = Memo::new(move |_| address.with(|query| query.get("after").unwrap_or_default()));
    let undo = ServerAction::<Undo>::new();
    let undone = done(undo);
    let page = Resource::new(
        move || (list.get(), after.get(), undone.get()),
        |(list, after, _)| api::queue(list.kind, list.owner, list.age, after),
    );
    let rows = RwSignal::new(0_u32);
    use_queue_keys(rows);
    view! {
        <Title text="Desk"/>
        <PageHeader title="Desk" subtitle="What needs a decision, the most pressing first">
            <LinkButton href="/desk/templates" kind=ButtonKind::Quiet>"Texts"</LinkButton>
            <LinkButton href="/desk/decided?state=declined" kind=ButtonKind::Quiet>"Decided"</LinkButton>
        </PageHeader>
        <Failed failure=failure(undo)/>
        {loaded(page, SkeletonKind::Rows, 10, move |loaded| {
            rows.set(u32::try_from(loaded.rows.len()).unwrap_or(u32::MAX));
            view! { <Queue page=loaded list=list.get_untracked() after=after.get_untracked() undo on_fresh=move || page.refetch()/> }.into_any()
        })}
    }
}

fn use_queue_keys(rows: RwSignal<u32>) {
    use_keys(move || {
        let last = StoredValue::new(None::<u32>);
        move |key| match key {
            Key::Next | Key::Previous => move_focus(rows.get_untracked(), key),
            Key::Select => select(None).is_some_and(|row| {
                last.set_value(Some(row));
                true
            }),
            Key::SelectTo => select(last.get_value().or(Some(0))).is_some(),
            Key::Many => focus_inside(MANY, "select"),
            Key::Undo => press(UNDO, "li:not([hidden]) button"),
            _ => false,
        }
    });
}

#[component]
fn Queue(
    page: view::QueuePage,
    list: List,
    after: String,
    undo: ServerAction<Undo>,
    #[prop(into)] on_fresh: Callback<()>,
) -> impl IntoView {
    let older = page.next.as_deref().map(|next| list.page(next));
    let newer = (!after.is_empty()).then(|| list.page(""));
    let here = list.page(&after);
    let zone = page.rows.first().map(|row| row.when.zone.label.clone());
    let body = if page.rows.is_empty() {
        view! { <Nothing last=page.last_decision.clone() list=list.clone()/> }.into_any()
    } else {
        view! {
            <TimesIn zone/>
            <QueueList rows=page.rows list=list.clone() selectable=true/>
            <Pager newer older/>
            <p class="fine keys">
                <kbd>"j"</kbd> " " <kbd>"k"</kbd> " row, " <kbd>"Enter"</kbd> " open, " <kbd>"x"</kbd> " select, "
                <kbd>"Shift x"</kbd> " select up to here, " <kbd>"b"</kbd> " act on the selected, " <kbd>"u"</kbd> " undo"
            </p>
        }
        .into_any()
    };
    view! {
        <div class="stack">
            <Head counters=page.counters list/>
            <Fresh loaded_at=page.loaded_at on_fresh/>
            <JustDecided rows=page.undoable undo to=here/>
            {body}
        </div>
    }
}

#[component]
fn Nothing(last: Option<scheduling::api::view::When>, list: List) -> impl IntoView {
    if list.is_narrow() {
        return view! {
            <EmptyState icon="check" text="Nothing fits these filters."><LinkButton href="/desk">"Show everything"</LinkButton></EmptyState>
        }
        .into_any();
    }
    let text = match last {
        Some(last) => format!(
            "Nothing needs you now. The last decision was on {} at {}.",
            last.day, last.from
        ),
        None => "Nothing needs you now. What waits for a decision appears here.".to_owned(),
    };
    view! { <EmptyState icon="check" text><LinkButton href="/desk/visits">"All visits"</LinkButton></EmptyState> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::{List, QueueProps, view};
    use crate::{
        api::view::{Counters, ItemRow, Owner, Undoable},
        model::{ItemId, Kind, Risk},
    };
    use leptos::prelude::*;
    use scheduling::{
        api::view::Standing,
        model::RequestState,
        ui::testing::{face, person, render, service, when},
    };

    pub fn row() -> ItemRow {
        ItemRow {
            item: ItemId {
                kind: Kind::Request,
                id: uuid::Uuid::from_u128(8),
            },
            risk: Risk::Now,
            standing: Standing::Request(RequestState::Pending),
            person: person(),
            therapist: face(),
            service: service(),
            when: when("2026-11-24T16:00:00Z"),
            due: when("2026-11-23T23:00:00Z"),
            due_in: -20,
            waited: 4_000,
            owner: Some(Owner {
                name: "Leo Lind".to_owned(),
                mine: false,
                since: when("2026-11-23T20:00:00Z"),
                may_take_over: false,
            }),
        }
    }

    fn queue(rows: Vec<ItemRow>, list: List) -> String {
        render(|| {
            let page = view::QueuePage {
                rows,
                next: Some("high_1_request-8".to_owned()),
                counters: Counters {
                    open: 24,
                    mine: 6,
                    due_today: 3,
                },
                last_decision: Some(when("2026-11-22T20:20:00Z")),
                undoable: vec![Undoable {
                    request: kernel::RequestId::new(uuid::Uuid::from_u128(9)),
                    standing: Standing::Request(RequestState::Approved),
                    person: person(),
                    when: when("2026-11-24T16:00:00Z"),
                    seconds_left: 40,
                }],
                loaded_at: "2026-11-22T20:20:00Z".parse().unwrap(),
            };
            super::Queue(QueueProps {
                page,
                list,
                after: String::new(),
                undo: ServerAction::new(),
                on_fresh: Callback::new(|()| ()),
            })
            .into_any()
        })
    }

    #[test]
    fn a_row_says_how_pressing_it_is_who_has_it_and_can_be_selected() {
        let html = queue(vec![row()], List::default());
        assert!(
            html.contains("overdue 20 min") && html.contains("Leo Lind") && html.contains(">Now<"),
            "{html}"
        );
        assert!(html.contains("type=\"checkbox\"") && html.contains("name=\"item\""));
        assert!(html.contains("/desk?after=high_1_request-8") && html.contains("desk/undo"));
        assert!(html.contains(">24<") && html.contains("Due today"));
        assert_eq!(html.matches("Times in Chicago (Central)").count(), 1, "{html}");
    }

    #[test]
    fn an_empty_desk_tells_the_last_decision_and_an_empty_filter_offers_to_drop_it() {
        assert!(queue(Vec::new(), List::default()).contains("The last decision was on Sun 22 Nov at 14:20."));
        let narrow = List {
            kind: "letter".to_owned(),
            ..List::default()
        };
        assert!(queue(Vec::new(), narrow).contains("Show everything"));
    }
}
