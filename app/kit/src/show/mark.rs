//! Our mark and our one drawing.

use leptos::prelude::*;

/// The mark: an open door with somebody in it. Decorative; the name stands beside it.
#[component]
pub fn Mark() -> impl IntoView {
    view! { <svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><use_ href="/icons.svg#brand"></use_></svg> }
}

/// A quiet view of hills: beside a small form, on the public home, in a waiting room without a film.
#[component]
pub fn Scene() -> impl IntoView {
    view! {
        <svg class="scene" viewBox="0 0 480 360" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
            <use_ href="/icons.svg#view"></use_>
        </svg>
    }
}
