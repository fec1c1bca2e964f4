//! The shape of what is on its way, at its final height, so that nothing jumps when it arrives.

use leptos::prelude::*;

/// What is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SkeletonKind {
    /// Rows of a list or table.
    #[default]
    Rows,
    /// Lines of text.
    Text,
    /// Cards with a face.
    Cards,
    /// Tiles of a grid.
    Tiles,
}

impl SkeletonKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Text => "text",
            Self::Cards => "cards",
            Self::Tiles => "tiles",
        }
    }
}

/// Grey shapes, shown after 150 ms so that quick answers do not flicker.
///
/// ```ignore
/// <Suspense fallback=|| view! { <Skeleton rows=8/> }> .. </Suspense>
/// ```
#[component]
pub fn Skeleton(#[prop(default = 4)] rows: u32, #[prop(optional)] kind: SkeletonKind) -> impl IntoView {
    let shapes = (0..rows)
        .map(|_| view! { <div class="skeleton-shape"></div> })
        .collect_view();
    view! {
        <div class="skeleton" data-kind=kind.name() aria-busy="true">
            <span class="visually-hidden" role="status">"Loading"</span>
            {shapes}
        </div>
    }
}
