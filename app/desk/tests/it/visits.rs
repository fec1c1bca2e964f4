//! The table of all visits: filters, pages both ways, search, views, columns.

use crate::{
    clinic::Clinic,
    desk::{code, leo, sql},
};
use desk::{
    model::Column,
    service::{self, VisitsWish},
};
use kernel::Ctx;
use scheduling::api::view::Bookable;

/// Three hundred past and coming visits of Ana with Tess.
async fn many(clinic: &Clinic) {
    let service_id = clinic.slot(&clinic.ana(), "tess", "Ana").await.0;
    sql(
        clinic,
        &format!(
            "INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at)
             SELECT gen_random_uuid(), '{}', '{}', '{service_id}', tstzrange(at, at + interval '45 minutes'),
                    CASE WHEN n % 3 = 0 THEN 'ended' ELSE 'scheduled' END, timestamptz '2026-01-01'
             FROM generate_series(1, 300) n, LATERAL (SELECT timestamptz '2027-04-01' + (n / 2) * interval '1 hour' AS at) x",
            clinic.patient("Ana"),
            clinic.therapist("tess"),
        ),
    )
    .await;
}

async fn walk(ctx: &Ctx, wish: VisitsWish) -> (Vec<Bookable>, Vec<Bookable>) {
    let (mut forwards, mut last) = (Vec::new(), None);
    let mut page = service::visits(ctx, &wish).await.unwrap();
    loop {
        forwards.extend(page.rows.iter().map(|row| row.row.about));
        let Some(later) = page.later else {
            break;
        };
        last = page.rows.last().map(|row| row.row.about);
        page = service::visits(
            ctx,
            &VisitsWish {
                after: later,
                ..wish.clone()
            },
        )
        .await
        .unwrap();
    }
    let mut backwards: Vec<_> = page.rows.iter().rev().map(|row| row.row.about).collect();
    while let Some(earlier) = page.earlier {
        page = service::visits(
            ctx,
            &VisitsWish {
                before: earlier,
                ..wish.clone()
            },
        )
        .await
        .unwrap();
        backwards.extend(page.rows.iter().rev().map(|row| row.row.about));
    }
    assert!(last.is_some(), "more than one page");
    backwards.reverse();
    (forwards, backwards)
}

#[tokio::test]
async fn every_visit_is_on_one_page_in_both_directions() {
    let clinic = Clinic::start().await;
    many(&clinic).await;
    let lia = clinic.lia();
    let month = VisitsWish {
        from: "2027-03-30".to_owned(),
        to: "2027-05-01".to_owned(),
        ..VisitsWish::default()
    };
    let tess = VisitsWish {
        therapist: Some(clinic.therapist("tess")),
        ..month.clone()
    };
    let ended = VisitsWish {
        state: "ended".to_owned(),
        ..month.clone()
    };
    let kind = VisitsWish {
        service: Some(clinic.slot(&clinic.ana(), "tess", "Ana").await.0),
        ..month.clone()
    };
    for (wish, expected) in [(month, 300), (tess, 300), (kind, 300), (ended, 100)] {
        let (forwards, backwards) = walk(&lia, wish).await;
        assert_eq!(forwards.len(), expected);
        assert_eq!(forwards, backwards);
        let mut once: Vec<String> = forwards.iter().map(|row| format!("{row:?}")).collect();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), expected);
    }
}

#[tokio::test]
async fn a_search_leads_to_a_persons_visits_and_keeps_no_words() {
    let clinic = Clinic::start().await;
    let (lia, leo) = (clinic.lia(), leo(&clinic).await);
    let find = service::find_patients(&lia, "alv ana").await.unwrap().unwrap();
    let wish = VisitsWish {
        find: Some(find),
        ..VisitsWish::default()
    };
    let page = service::visits(&lia, &wish).await.unwrap();
    assert_eq!(page.found.as_ref().unwrap().len(), 1);
    assert!(
        !page.rows.is_empty()
            && page
                .rows
                .iter()
                .all(|row| row.row.person.patient == clinic.patient("Ana"))
    );
    assert_eq!(
        code(service::visits(&leo, &wish).await),
        "not_found",
        "a search is its searcher's"
    );
    assert_eq!(service::find_patients(&lia, "  ").await.unwrap(), None);
    let nobody = service::find_patients(&lia, "Zebra").await.unwrap();
    let page = service::visits(
        &lia,
        &VisitsWish {
            find: nobody,
            ..VisitsWish::default()
        },
    )
    .await
    .unwrap();
    assert!(page.rows.is_empty() && page.found.unwrap().is_empty());
}

#[tokio::test]
async fn views_and_columns_are_each_liaisons_own() {
    let clinic = Clinic::start().await;
    let (lia, leo) = (clinic.lia(), leo(&clinic).await);
    let view = service::save_view(&lia, "To confirm", "state=ended&after=1")
        .await
        .unwrap();
    assert_eq!(view.filters, "state=ended");
    service::save_view(&lia, "To confirm", "state=ended&days=7")
        .await
        .unwrap();
    service::choose_columns(&lia, &["price".to_owned(), "state".to_owned(), "x".to_owned()])
        .await
        .unwrap();
    let page = service::visits(&lia, &VisitsWish::default()).await.unwrap();
    assert_eq!(page.columns, [Column::Time, Column::State, Column::Price]);
    assert_eq!(
        (page.views.len(), page.views[0].filters.as_str()),
        (1, "state=ended&days=7")
    );
    let other = service::visits(&leo, &VisitsWish::default()).await.unwrap();
    assert_eq!((other.columns, other.views.len()), (Column::DEFAULT.to_vec(), 0));
    assert_eq!(code(service::remove_view(&leo, page.views[0].view).await), "not_found");
    service::remove_view(&lia, page.views[0].view).await.unwrap();
    for wrong in [("", "state=ended"), ("x", "state=%20")] {
        assert_eq!(code(service::save_view(&lia, wrong.0, wrong.1).await), "invalid");
    }
}
