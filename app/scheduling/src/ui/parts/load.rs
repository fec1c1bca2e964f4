//! The faces of everything that is loaded: on its way, there, absent, not arrived.

use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

/// Shows a resource. While it loads anew (another month, the next page) the old content stays, so that nothing jumps;
/// only the first load shows the skeleton.
pub fn loaded<T>(
    resource: Resource<Result<T, ApiError>>,
    kind: SkeletonKind,
    rows: u32,
    show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static,
{
    view! {
        <Transition fallback=move || view! { <Skeleton kind rows/> }>
            {
                let place = Lasting::here();
                move || {
                    let (show, place) = (show.clone(), place.clone());
                    Suspend::new(async move {
                        let answer = resource.await;
                        place.show(|| match answer {
                            Ok(value) => show(value),
                            Err(ApiError::NotFound) => view! { <Absent/> }.into_any(),
                            Err(error) => view! {
                                <LoadFailed code=error.code() on_retry=move |()| resource.refetch()/>
                            }.into_any(),
                        })
                    })
                }
            }
        </Transition>
    }
    .into_any()
}

/// In place of a thing that is absent or somebody else's: the two look alike, and both are a 404.
#[component]
fn Absent() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text="Not here"/>
        <PageHeader title="This page is not here"/>
        <EmptyState
            icon="search"
            text="The address may be old, or it belongs to somebody else. Nothing was changed."
        >
            <LinkButton href="/">"Go to the first page"</LinkButton>
        </EmptyState>
    }
}
