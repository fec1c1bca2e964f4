//! One lazily loaded piece of the browser half per audience (decision 0001).

use leptos::prelude::AnyView;
use leptos_router::ChooseView;
use std::{future::Future, pin::Pin};

type Soon<T> = Pin<Box<dyn Future<Output = T>>>;

/// A page of some piece. All pages are of this one type: the router's code, which is compiled anew for each type of view, is
/// in the first download once and not once a page.
#[derive(Debug, Clone, Copy)]
pub struct LazyPage {
    view: fn() -> Soon<AnyView>,
    preload: fn() -> Soon<()>,
}

impl LazyPage {
    pub const fn new(view: fn() -> Soon<AnyView>, preload: fn() -> Soon<()>) -> Self {
        Self { view, preload }
    }
}

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        let page = (self.view)().await;
        mark_taken_over();
        page
    }

    async fn preload(&self) {
        (self.preload)().await;
    }
}

/// Marks the document once the page behind it has taken over. The journeys wait for it: before, a click may be lost. The page
/// hydrates in the turn in which its piece has come, so the next turn is after it.
fn mark_taken_over() {
    #[cfg(target_arch = "wasm32")]
    leptos::prelude::set_timeout(
        || {
            if let Some(html) = leptos::prelude::document().document_element() {
                let _only_a_mark = html.set_attribute("data-hydrated", "");
            }
        },
        std::time::Duration::ZERO,
    );
}

/// Declares the pages of one audience. They share one split point, a function over an enum of pages: the tool that splits
/// makes a file for every set of split points that share code, so a point per page would give hundreds of small files.
///
/// ```ignore
/// lazy_pages! { desk_page, __preload_desk_page: HOME => QueuePage, VISITS => VisitsPage }
/// ```
/// gives the pages `HOME` and `VISITS`, loaded together.
macro_rules! lazy_pages {
    ($audience:ident, $preload:ident: $($name:ident => $page:ident),+ $(,)?) => {
        use super::lazy::LazyPage;
        use leptos::prelude::*;

        #[allow(clippy::enum_variant_names, reason = "they are called as their components")]
        enum Page {
            $($page,)+
        }

        #[leptos::lazy]
        fn $audience(page: Page) -> leptos::prelude::AnyView {
            match page {
                $(Page::$page => view! { <$page/> }.into_any(),)+
            }
        }

        async fn preload() {
            #[cfg(target_arch = "wasm32")]
            $preload().await;
        }

        $(pub const $name: LazyPage = LazyPage::new(|| Box::pin($audience(Page::$page)), || Box::pin(preload()));)+
    };
}

pub(super) use lazy_pages;
