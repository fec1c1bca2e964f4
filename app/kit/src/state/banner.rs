//! A sentence that concerns the whole page or part of it, and perhaps one thing to do about it.

use leptos::prelude::*;

use crate::Tone;
use crate::show::Icon;

/// A sentence with an icon; the children are its actions.
///
/// ```ignore
/// <Banner tone=Tone::Warn text="Card ends in 3 weeks."> <LinkButton href="/my/payments/card">"Change"</LinkButton> </Banner>
/// <Banner tone=Tone::Bad alert=true text="10:00 was taken a moment ago. These times are free now."/>
/// ```
#[component]
pub fn Banner(
    #[prop(optional)] tone: Tone,
    #[prop(into)] text: Signal<String>,
    /// Appeared because of something the person just did: spoken at once.
    #[prop(optional)]
    alert: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let icon = match tone {
        Tone::Good => "check",
        Tone::Warn | Tone::Bad => "alert",
        Tone::Info | Tone::Plain => "info",
    };
    view! {
        <div class="banner" data-tone=tone.name() role=alert.then_some("alert")>
            <Icon name=icon/>
            <div class="banner-text"><p>{move || text.get()}</p></div>
            {children.map(|children| view! { <div class="banner-actions">{children()}</div> })}
        </div>
    }
}
