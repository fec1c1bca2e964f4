//! Every page of the house, by audience. Pages of one audience load together and are split from the rest, so that a
//! patient's phone never loads the desk (architecture.md: lazy routes from the start).

mod public;

use crate::not_found::NotFoundPage;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// Wraps a page component into a lazily loaded route of the same name.
macro_rules! lazy_pages {
    ($($route:ident => $page:path),+ $(,)?) => {$(
        #[derive(Debug)]
        pub struct $route;

        #[leptos_router::lazy_route]
        impl leptos_router::LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            fn view(_route: Self) -> leptos::prelude::AnyView {
                use leptos::prelude::*;
                view! { <$page/> }.into_any()
            }
        }
    )+};
}
pub(crate) use lazy_pages;

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|page: String| format!("{page} · TeleTherapy")/>
        <Router>
            <Routes fallback=|| view! { <NotFoundPage/> }>
                <Route path=path!("/") view={Lazy::<public::PublicHome>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/again") view={Lazy::<public::Again>::new()} ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}
