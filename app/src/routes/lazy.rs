//! One lazily loaded piece of the browser half per audience (decision 0001).

/// Declares the pages of one audience. They share one split point, a function over an enum of pages: the tool that splits
/// makes a file for every set of split points that share code, so a point per page would give hundreds of small files.
///
/// ```ignore
/// lazy_pages! { desk_page: Home => RequestQueuePage, Visits => DeskVisitsPage }
/// ```
/// gives the routes `Home` and `Visits`, loaded together.
macro_rules! lazy_pages {
    ($audience:ident, $preload:ident: $($route:ident => $page:ident),+ $(,)?) => {
        use leptos::prelude::*;

        enum Page {
            $($route,)+
        }

        #[leptos::lazy]
        fn $audience(page: Page) -> leptos::prelude::AnyView {
            match page {
                $(Page::$route => view! { <$page/> }.into_any(),)+
            }
        }

        $(
            #[derive(Debug)]
            pub struct $route;

            impl leptos_router::LazyRoute for $route {
                fn data() -> Self {
                    Self
                }

                async fn view(_route: Self) -> leptos::prelude::AnyView {
                    $audience(Page::$route).await
                }

                async fn preload() {
                    #[cfg(target_arch = "wasm32")]
                    $preload().await;
                }
            }
        )+
    };
}

pub(super) use lazy_pages;
