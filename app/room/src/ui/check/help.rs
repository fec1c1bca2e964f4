//! M7: what to do when a device gives nothing, in the words of this browser; and the way on without it.

use crate::{
    client::{
        media::{MediaFault, Sense},
        studio::Studio,
    },
    ui::words::Browser,
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn NoDevice(
    sense: Sense,
    fault: MediaFault,
    on_skip: Callback<()>,
    /// The page has its one primary action already.
    #[prop(optional)]
    beside: bool,
) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let thing = match sense {
        Sense::Camera => "camera",
        Sense::Microphone => "microphone",
    };
    let reason = match fault {
        MediaFault::Refused => format!("This browser does not let the page use the {thing}."),
        MediaFault::NoDevice => format!("This device has no {thing}, or it is not plugged in."),
        MediaFault::Busy => format!("Another program uses the {thing}. Close it, then press Try again."),
        MediaFault::Other => format!("The {thing} gives nothing."),
    };
    let steps = (fault == MediaFault::Refused).then(|| {
        let agent = window().navigator().user_agent().unwrap_or_default();
        let steps = Browser::from_agent(&agent).steps();
        view! { <ol class="help-steps">{steps.map(|step| view! { <li>{step}</li> })}</ol> }
    });
    let again = if beside { ButtonKind::Plain } else { ButtonKind::Primary };
    let skip = match sense {
        Sense::Camera => "Go on with sound only",
        Sense::Microphone => "Go on without microphone",
    };
    view! {
        <div class="stack" data-gap="small" role="alert">
            <p>{reason}</p>
            {steps}
        </div>
        <div class="actions">
            <Button kind=again icon="refresh" on_press=move || studio.choose(sense, None)>"Try again"</Button>
            <Button on_press=move || {
                studio.skip(sense);
                on_skip.run(());
            }>{skip}</Button>
        </div>
    }
}

/// While the browser asks: where to look.
#[component]
pub fn Asking() -> impl IntoView {
    view! {
        <p role="status">
            "Your browser asks whether this page may use camera and microphone. Press Allow."
        </p>
    }
}
