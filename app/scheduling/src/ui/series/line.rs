//! "Visit 3 of 10 of a series", with the way to change more than this one.

use crate::{api::view::SeriesView, ui::words};
use kernel::VisitId;
use kit::prelude::*;
use leptos::prelude::*;

/// Nothing for a visit that stands alone.
#[component]
pub fn SeriesLine(series: Option<SeriesView>, area: &'static str, visit: VisitId) -> impl IntoView {
    let Some(series) = series else {
        return ().into_any();
    };
    let page = format!("{area}/visits/{visit}/series?extent=");
    let more = (series.following > 1).then(|| {
        let text = format!("This and following ({})", series.following);
        view! { <LinkButton href=format!("{page}following") kind=ButtonKind::Quiet>{text}</LinkButton> }
    });
    let all = (series.all > series.following).then(|| {
        let text = format!("All ahead ({})", series.all);
        view! { <LinkButton href=format!("{page}all") kind=ButtonKind::Quiet>{text}</LinkButton> }
    });
    let several = more.is_some() || all.is_some();
    view! {
        <div class="series-line">
            <p><Icon name="refresh"/><span>{words::place_in_series(series)}</span></p>
            {several.then(|| view! {
                <div class="cluster" role="group" aria-label="Move or cancel several">
                    <span class="fine">"Move or cancel several:"</span>{more}{all}
                </div>
            })}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::SeriesLineProps;
    use crate::{api::view::SeriesView, ui::testing::render};
    use kernel::VisitId;
    use leptos::prelude::*;
    use uuid::Uuid;

    fn line(following: u16, all: u16) -> String {
        render(|| {
            super::SeriesLine(SeriesLineProps {
                series: Some(SeriesView {
                    number: 3,
                    of: 10,
                    following,
                    all,
                }),
                area: "/care",
                visit: VisitId::new(Uuid::from_u128(4)),
            })
            .into_any()
        })
    }

    #[test]
    fn the_place_is_said_and_only_what_there_is_can_be_changed() {
        let html = line(8, 10);
        assert!(html.contains("Visit 3 of 10 of a series"));
        assert!(html.contains("/series?extent=following") && html.contains("All ahead (10)"));
        let last = line(1, 1);
        assert!(last.contains("Visit 3 of 10") && !last.contains("extent="));
    }
}
