//! Which letters come: what cannot be turned off, what can, and the reminders. A plain form: posting and coming back is all it
//! does, with and without script.

use crate::api::{Chosen, KindChoice, ReminderChoice, SaveMyLetters, my_letters};
use kernel::ApiError;
use kit::prelude::*;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

#[component]
pub fn MyLettersPage() -> impl IntoView {
    let letters = Resource::new_blocking(|| (), |()| my_letters());
    let back = use_location()
        .pathname
        .with_untracked(|path| path.trim_end_matches("/letters").to_owned());
    let query = use_query_map();
    let saved = query.with_untracked(|query| query.get("saved").is_some());
    // A refused form without script comes back with its error in the address.
    let refused = query.with_untracked(|query| query.get("__err").is_some());
    view! {
        <Title text="Letters"/>
        <div class="stack" data-gap="large">
            <PageHeader title="Letters" back="Account" back_href=back/>
            {saved.then(|| view! { <Banner tone=Tone::Good text="Saved."/> })}
            {refused.then(|| view! {
                <Banner tone=Tone::Warn alert=true text="That was not saved. Choose again and save."/>
            })}
            <Suspense fallback=|| view! { <Skeleton rows=5/> }>
                {move || Suspend::new(async move { show(letters.await, letters) })}
            </Suspense>
        </div>
    }
    .into_any()
}

fn show(answer: Result<Chosen, ApiError>, letters: Resource<Result<Chosen, ApiError>>) -> AnyView {
    match answer {
        Ok(letters) => view! { <Choices letters/> }.into_any(),
        Err(error) => view! { <LoadFailed code=error.code() on_retry=move || letters.refetch()/> }.into_any(),
    }
}

#[component]
fn Choices(letters: Chosen) -> impl IntoView {
    let always = letters
        .always
        .into_iter()
        .map(|label| view! { <li>{label}</li> })
        .collect_view();
    view! {
        <Section title="These letters always come">
            <p class="muted">"You need them to come to a visit, or not to come in vain."</p>
            <ul class="lines">{always}</ul>
        </Section>
        <form method="post" action=SaveMyLetters::url() class="form">
            <FieldGroup legend="Also write to me when">{kinds(letters.optional)}</FieldGroup>
            {reminders(letters.reminders)}
            <div class="cluster">
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit>"Save"</Button>
            </div>
        </form>
        <p class="fine">"Letters name the time and nothing else: no names, and nothing about why you come."</p>
    }
    .into_any()
}

fn kinds(kinds: Vec<KindChoice>) -> AnyView {
    kinds
        .into_iter()
        .enumerate()
        .map(|(place, kind)| {
            view! {
                <Checkbox name=format!("wanted[{place}]") label=kind.label value=kind.code checked=kind.wanted/>
            }
        })
        .collect_view()
        .into_any()
}

fn reminders(choices: Vec<ReminderChoice>) -> AnyView {
    let chosen = choices
        .iter()
        .find(|choice| choice.chosen)
        .map(|choice| choice.code.clone())
        .unwrap_or_default();
    let options: Vec<Choice> = choices
        .into_iter()
        .map(|choice| Choice::new(choice.code, choice.label))
        .collect();
    view! { <RadioGroup name="reminders" legend="Remind me of a visit" options value=chosen/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::{Choices, ChoicesProps};
    use crate::api::{Chosen, KindChoice, ReminderChoice};
    use leptos::prelude::*;

    fn reminder(code: &str, chosen: bool) -> ReminderChoice {
        ReminderChoice {
            code: code.to_owned(),
            label: code.to_owned(),
            chosen,
        }
    }

    #[test]
    fn the_form_shows_what_was_chosen_and_works_without_script() {
        let letters = Chosen {
            optional: vec![KindChoice {
                code: "request_received".to_owned(),
                label: "We have your request".to_owned(),
                wanted: false,
            }],
            always: vec!["A visit is confirmed".to_owned()],
            reminders: vec![reminder("usual", false), reminder("hour", true)],
        };
        let owner = Owner::new();
        let html = owner.with(|| Choices(ChoicesProps { letters }).into_view().to_html());
        assert!(
            html.contains(r#"method="post""#) && html.contains("/api/letters/save_my_letters"),
            "{html}"
        );
        let ticked = |value: &str| {
            let at = html.find(&format!("value=\"{value}\"")).unwrap();
            let tag = html[..at].rfind('<').unwrap();
            html[tag..at + html[at..].find('>').unwrap()].contains("checked")
        };
        assert!(ticked("hour") && !ticked("usual") && !ticked("request_received"));
        assert!(html.contains("A visit is confirmed"));
    }
}
