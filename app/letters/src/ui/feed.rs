//! The page of the link: what it shows, the link itself right after it was made, and ending it. Plain forms.

use crate::api::{EndFeed, FeedView, MakeFeed, my_feed};
use kit::prelude::*;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_location;

#[component]
pub fn FeedPage() -> impl IntoView {
    let feed = Resource::new_blocking(|| (), |()| my_feed());
    let back = use_location()
        .pathname
        .with_untracked(|path| path.trim_end_matches("/feed").to_owned());
    view! {
        <Title text="Calendar link"/>
        <div class="stack" data-gap="large">
            <PageHeader title="Your visits in another calendar" back="Account" back_href=back/>
            <p>
                "A phone or a mail program can show when your visits are. It follows a secret link, and learns the times only: "
                "each visit is called \"Telehealth visit\", without names."
            </p>
            <Suspense fallback=|| view! { <Skeleton rows=3/> }>
                {move || Suspend::new(async move {
                    match feed.await {
                        Ok(feed) => view! { <Feed feed/> }.into_any(),
                        Err(error) => view! { <LoadFailed code=error.code() on_retry=move || feed.refetch()/> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}

#[component]
fn Feed(feed: FeedView) -> impl IntoView {
    let FeedView { path, made, read } = feed;
    let exists = made.is_some();
    let link = path.map(|path| {
        let href = path.clone();
        view! {
            <Banner tone=Tone::Good text="This is your link. Copy it now: in five minutes it is not shown any more."/>
            <p><a class="feed-link" href=href rel="external">{path}</a></p>
            <p class="fine">"Copy its whole address, and add it in your calendar program as a calendar from the internet."</p>
        }
    });
    let known = made.map(|made| {
        let read = read.unwrap_or_else(|| "not yet".to_owned());
        view! {
            <DefinitionList>
                <Definition term="Made">{made}</Definition>
                <Definition term="Last used">{read}</Definition>
            </DefinitionList>
        }
    });
    let make = if exists { "Make a new link" } else { "Make a link" };
    view! {
        {link}
        {known}
        <div class="cluster">
            <form method="post" action=MakeFeed::url()>
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit>{make}</Button>
            </form>
            {exists.then(|| view! {
                <form method="post" action=EndFeed::url()>
                    <Button button_type=ButtonType::Submit icon="x">"End the link"</Button>
                </form>
            })}
        </div>
        <p class="fine">"Whoever has the link sees the times. A new link ends the old one at once."</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::FeedProps;
    use crate::api::FeedView;
    use leptos::prelude::*;

    fn html(feed: FeedView) -> String {
        Owner::new().with(|| super::Feed(FeedProps { feed }).into_view().to_html())
    }

    #[test]
    fn a_link_that_does_not_exist_cannot_be_ended() {
        let none = html(FeedView::default());
        assert!(none.contains("make_feed") && !none.contains("end_feed"), "{none}");
        let made = FeedView {
            made: Some("22 Nov 2026".to_owned()),
            ..FeedView::default()
        };
        assert!(html(made).contains("end_feed"));
    }
}
