//! Turns a slice's plain page into a lazy route.

/// `lazy_pages! { Find => FindPage }` declares the route `Find`, whose view is the component `FindPage`.
macro_rules! lazy_pages {
    ($($route:ident => $page:ident),+ $(,)?) => {$(
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

pub(super) use lazy_pages;
