//! The rules of booking, changed by an administrator who sees the effect before (S30). Plain forms, so that it works without
//! script; with it, the preview follows the typing.

mod address;
mod form;
mod log;
mod model;
mod preview;
#[cfg(all(test, feature = "ssr"))]
mod testing;

use super::{
    parts::{done, failure, loaded},
    words::parameters as words,
};
use crate::{
    api::{self, PutBackRules, RulesPlace, SaveRules, view::RulesView},
    model::Group,
};
use form::{Fields, ScopeForm};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use log::Log;
use preview::Preview;
use std::collections::BTreeMap;

pub use address::parameters_address;

/// What changes the rules.
#[derive(Clone, Copy)]
struct Acts {
    save: ServerAction<SaveRules>,
    put_back: ServerAction<PutBackRules>,
}

#[component]
pub fn ParametersPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let ask = Memo::new(move |_| query.with(|query| address::read(params.with(|params| params.get("group")), query)));
    let acts = Acts {
        save: ServerAction::new(),
        put_back: ServerAction::new(),
    };
    let (saved, put_back) = (done(acts.save), done(acts.put_back));
    let changed = Signal::derive(move || saved.get() + put_back.get());
    let failed = failure(acts.save);
    // Somebody else was first: what they saved is shown beside what is typed.
    let moved_on = Memo::new(move |_| {
        failed
            .with(|failed| matches!(failed, Some(ApiError::Refused(code)) if code == "rules_moved_on"))
            .then(|| acts.save.version().get())
    });
    let rules = Resource::new(
        move || (ask.get().place, changed.get(), moved_on.get()),
        |(place, ..)| api::rules_page(place),
    );
    let typed = RwSignal::new(BTreeMap::new());
    let typed_for = StoredValue::new(None);
    view! {
        <Title text="Parameters"/>
        <PageHeader title="Parameters" subtitle="Each change is kept with its author and reason, and can be put back"/>
        <p role="status" class="fine">
            {move || (changed.get() > 0).then_some("Saved. The log says what changed.")}
        </p>
        {loaded(rules, SkeletonKind::Rows, 8, move |view| {
            let ask = ask.get_untracked();
            // What is typed outlives a refusal; another place and a carried out change begin anew.
            let now = Some((ask.place.clone(), changed.get_untracked()));
            if typed_for.get_value() != now {
                let fresh = now.as_ref().is_some_and(|(_, changes)| *changes == 0);
                typed.set(if fresh { ask.values.clone() } else { BTreeMap::new() });
                typed_for.set_value(now);
            }
            // Fields of another place, and after a change was carried out, show what the server holds.
            let fields = view! { <Fields view=view.clone() typed acts/> }.into_any();
            let fields = anew(format!("{:?} {}", ask.place, changed.get_untracked()), fields);
            let preview = view! { <Preview view=view.clone() ask typed/> }.into_any();
            view! { <Rules view acts fields preview/> }.into_any()
        })}
    }
}

#[component]
fn Rules(view: RulesView, acts: Acts, fields: AnyView, preview: AnyView) -> impl IntoView {
    let place = place_of(&view);
    view! {
        <div class="rules">
            <Groups place=place.clone()/>
            <div class="stack" data-gap="large">
                <ScopeForm view=view.clone()/>
                <div class="split">
                    {fields}
                    <div class="stack" data-gap="large">
                        {preview}
                        <Log view place acts/>
                    </div>
                </div>
            </div>
        </div>
    }
}

/// The place of a view, as forms and addresses write it.
fn place_of(view: &RulesView) -> RulesPlace {
    RulesPlace {
        group: view.group.to_string(),
        service: view.scope.service.map(|id| id.to_string()).unwrap_or_default(),
        therapist: view.scope.therapist.map(|id| id.to_string()).unwrap_or_default(),
    }
}

#[component]
fn Groups(place: RulesPlace) -> impl IntoView {
    let links = Group::ALL
        .iter()
        .map(|group| {
            let there = RulesPlace {
                group: group.to_string(),
                ..place.clone()
            };
            let here = (there.group == place.group).then_some("page");
            view! { <li><a href=parameters_address(&there, &BTreeMap::new()) aria-current=here>{words::group(*group)}</a></li> }
        })
        .collect_view();
    view! { <nav class="rules-groups" aria-label="Groups of parameters"><ul>{links}</ul></nav> }
}

#[cfg(test)]
mod tests {
    use super::{Acts, Fields, RulesProps, testing::rules_view};
    use crate::{
        api::PreviewAsk,
        model::{Parameter, Scope, ServiceId},
        ui::testing::render,
    };
    use leptos::prelude::*;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    fn page(view: crate::api::view::RulesView, ask: PreviewAsk) -> String {
        render(|| {
            let acts = Acts {
                save: ServerAction::new(),
                put_back: ServerAction::new(),
            };
            let typed = RwSignal::new(ask.values.clone());
            let fields = view! { <Fields view=view.clone() typed acts/> }.into_any();
            super::Rules(RulesProps {
                view,
                acts,
                fields,
                preview: ().into_any(),
            })
            .into_any()
        })
    }

    #[test]
    fn every_field_has_its_unit_range_and_sentence_and_the_form_is_plain() {
        let html = page(rules_view(), PreviewAsk::default());
        for parameter in [Parameter::Hold, Parameter::Interval, Parameter::BufferAfter] {
            assert!(html.contains(&format!("name=\"values[{parameter}]\"")), "{parameter}");
        }
        assert!(html.contains("Allowed: 1 to 30 min. Default: 5 min."));
        assert!(html.contains("scheduling/save_rules") && html.contains("name=\"seen\" value=\"0\""));
        assert!(
            html.contains("formmethod=\"get\""),
            "the preview is a button without script"
        );
        assert!(html.contains("aria-current=\"page\""));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn an_override_is_empty_where_it_sets_nothing_and_shut_where_it_may_not() {
        let mut view = rules_view();
        view.scope = Scope {
            therapist: None,
            service: Some(ServiceId::new(Uuid::from_u128(1))),
        };
        view.fields[0].open = false;
        let html = page(view, PreviewAsk::default());
        assert!(html.contains("One for the whole organisation."));
        assert!(html.contains("Empty: as the default"));
    }

    #[test]
    fn typed_values_are_there_again() {
        let ask = PreviewAsk {
            values: BTreeMap::from([("hold".to_owned(), "29".to_owned())]),
            ..PreviewAsk::default()
        };
        assert!(page(rules_view(), ask).contains("value=\"29\""));
    }
}
