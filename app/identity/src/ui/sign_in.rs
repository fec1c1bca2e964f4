//! S2: lets a person in and leads to the wanted page, else to the role's home (R7).

use super::words;
use crate::api::{self, SignIn};
use kit::prelude::*;
use leptos::{
    ev::SubmitEvent,
    prelude::*,
    server_fn::ServerFn,
    web_sys::{FormData, HtmlFormElement},
};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// `/sign-in?next=/my/calendar&ended=idle`. Brings its own frame: a form beside a quiet view.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! {
        <Title text="Sign in"/>
        <div class="sign-in">
            <div class="sign-in-side">
                <a class="shell-brand" href="/"><Mark/>"TeleTherapy"</a>
                <SignInForm/>
                <p class="fine">"In danger? Call 911, or call or text 988."</p>
            </div>
            <Scene/>
        </div>
    }
}

#[component]
fn SignInForm() -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    let query = use_query_map();
    let next = move || query.with(|query| query.get("next").unwrap_or_default());
    let ended = move || query.with(|query| query.get("ended").and_then(|why| words::ended(&why)));
    // Without script the page is rendered anew after a refusal; what was typed comes back from a cookie, not the address.
    let typed = Resource::new_blocking(|| (), |()| api::typed_email());

    let refusal = Signal::derive(move || {
        sign_in.value().with(|answer| {
            answer
                .as_ref()
                .and_then(|answer| answer.as_ref().err().map(words::refusal))
        })
    });
    let accepted = move || {
        sign_in
            .value()
            .with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok().cloned()))
    };
    // A full load: everything on the page depends on who is signed in.
    Effect::new(move |_| {
        if let Some(path) = accepted() {
            let _refused_by_the_browser = window().location().set_href(&path);
        }
    });
    let busy = Signal::derive(move || sign_in.pending().get() || accepted().is_some());
    // Not an `ActionForm`: this page is the first that anybody loads, and that brings a parser for every kind of form.
    let submit = move |event: SubmitEvent| {
        if let Ok(typed) = FormData::new_with_form(&event_target::<HtmlFormElement>(&event)) {
            event.prevent_default();
            let text = |name| typed.get(name).as_string().unwrap_or_default();
            sign_in.dispatch(SignIn {
                email: text("email"),
                password: text("password"),
                next: Some(text("next")),
            });
        }
    };

    view! {
        <form method="post" action=SignIn::url() class="form stack" on:submit=submit>
            <PageHeader title="Sign in"/>
            {move || ended().map(|text| view! { <Banner tone=Tone::Info text=text/> })}
            <div role="alert">
                {move || refusal.get().map(|text| view! { <Banner tone=Tone::Bad text=text/> })}
            </div>
            <input type="hidden" name="next" value=next/>
            <Suspense>
                {move || Suspend::new(async move { view! { <Credentials typed=typed.await.unwrap_or_default()/> } })}
            </Suspense>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large button_type=ButtonType::Submit wide=true busy busy_text="Signing in">
                "Sign in"
            </Button>
            <p class="fine">"Forgot your password? Call our team; we set a new one together."</p>
        </form>
    }
}

/// The two fields; the first empty one has the focus.
#[component]
fn Credentials(typed: String) -> impl IntoView {
    let known = !typed.is_empty();
    view! {
        <div class="stack">
            <Field
                name="email"
                label="E-mail"
                input_type="email"
                value=typed
                autocomplete="username"
                maxlength=254
                required=true
                autofocus=!known
            />
            <Field
                name="password"
                label="Password"
                input_type="password"
                autocomplete="current-password"
                required=true
                autofocus=known
            />
        </div>
    }
}
