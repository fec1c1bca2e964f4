//! Icons of the one hand-drawn sprite, `public/icons.svg`.

use leptos::prelude::*;

/// Every symbol of the sprite. A test holds this list and the file together, another finds names that are not on it.
#[rustfmt::skip]
pub const ICONS: &[&str] = &[
    "alert", "arrow-left", "arrow-right", "bell", "board", "book", "bulb", "calendar", "camera", "check",
    "chevron-down", "chevron-left", "chevron-right", "chevron-up", "clock", "clear", "door", "download", "eraser",
    "external", "eye", "eye-off", "face-neutral", "face-sad", "face-smile", "file", "film", "filter", "folder",
    "globe", "hand", "heart", "help", "home", "image", "info", "lock", "log-out", "menu", "message", "mic", "mic-off",
    "monitor", "moon", "more", "pause", "pause-break", "pen", "play", "plus", "redo", "refresh", "search", "seek",
    "send", "settings", "shield", "speaker", "star", "sun", "tone-bad", "tone-good", "tone-info", "tone-plain",
    "tone-warn", "trash", "undo", "unlock", "upload", "user", "users", "video", "video-off", "volume", "wifi",
    "wifi-off", "x",
];

/// One symbol, as large as a line of the text around it. Decorative unless it has a `label`.
///
/// ```ignore
/// <Icon name="clock"/>
/// <Icon name="mic-off" label="Microphone off"/>
/// ```
#[component]
pub fn Icon(#[prop(into)] name: Signal<&'static str>, #[prop(optional, into)] label: Option<String>) -> impl IntoView {
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden=hidden role=role aria-label=label focusable="false">
            <use_ href=move || format!("/icons.svg#{}", name.get())></use_>
        </svg>
    }
}
