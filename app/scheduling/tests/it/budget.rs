//! Statements per use case: a budget each, so that a query in a loop is a red test. Transaction control is not counted.

use crate::clinic::Clinic;
use scheduling::service;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tracing::{
    Event, Metadata, Subscriber,
    span::{Attributes, Id, Record},
    subscriber::DefaultGuard,
};

/// Counts the statements that sqlx reports on this thread.
struct Counter(Arc<AtomicUsize>);

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        if self.enabled(event.metadata()) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Budget {
    count: Arc<AtomicUsize>,
    _guard: DefaultGuard,
}

impl Budget {
    fn start() -> Self {
        let count = Arc::new(AtomicUsize::new(0));
        let guard = tracing::subscriber::set_default(Counter(count.clone()));
        Self { count, _guard: guard }
    }

    #[track_caller]
    fn spent(&self, name: &str, most: usize) {
        let spent = self.count.swap(0, Ordering::Relaxed);
        assert!(spent > 0, "{name}: nothing was counted");
        println!("figure statements/{name} = {spent} (limit {most})");
        assert!(spent <= most, "{name}: {spent} statements, {most} allowed");
    }
}

/// A new connection says `SET ROLE`, which is nobody's statement: all are opened before the count begins.
#[expect(clippy::expect_used, reason = "a set-up that fails must stop the test")]
pub async fn open_every_connection(clinic: &Clinic) {
    let pool = clinic.test.house.db.pool();
    let mut open = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        open.push(pool.acquire().await.expect("a connection"));
    }
}

#[tokio::test]
async fn no_use_case_spends_more_statements_than_it_may() {
    let clinic = Clinic::start().await;
    let (ana, lia, tess) = (clinic.ana(), clinic.lia(), clinic.tess_acts());
    let (service_id, slot) = clinic.slot(&ana, "tess", "Ana").await;
    open_every_connection(&clinic).await;
    let budget = Budget::start();

    service::find_therapists(&ana, &service::Wish::default()).await.unwrap();
    budget.spent("find_therapists", 7);
    clinic.times(&ana, "tess", "Ana").await;
    budget.spent("therapist_times", 9);
    let hold = service::take_hold(
        &ana,
        clinic.therapist("tess"),
        service_id,
        slot.starts,
        clinic.patient("Ana"),
    )
    .await
    .unwrap();
    budget.spent("take_hold", 2);
    service::get_hold(&ana, hold).await.unwrap();
    // One of each for the questions of our team, from here to `get_visit`.
    budget.spent("get_hold", 10);
    let request = service::request_visit(&ana, hold, "Sleep", None, clinic.key())
        .await
        .unwrap();
    budget.spent("request_visit", 17);
    service::my_calendar(&ana, false, None, "").await.unwrap();
    budget.spent("my_calendar", 8);
    service::list_requests(&lia, "", "").await.unwrap();
    // One of them for the reader's clock, in which the whole list is written.
    budget.spent("list_requests", 8);
    service::request_detail(&lia, request).await.unwrap();
    budget.spent("request_detail", 17);
    let visit = service::approve_request(&lia, request, clinic.key()).await.unwrap();
    budget.spent("approve_request", 17);
    service::get_visit(&ana, visit).await.unwrap();
    budget.spent("get_visit", 12);
    service::today(&tess).await.unwrap();
    budget.spent("today", 10);
    service::cancel_visit(&ana, visit, "unwell", "", clinic.key())
        .await
        .unwrap();
    budget.spent("cancel_visit", 13);
    series(&clinic, &budget, service_id).await;
}

/// Ten visits cost as many statements as two: nothing of a series is asked or written in a loop.
#[expect(clippy::unwrap_used, reason = "helpers of tests: what fails must stop the test")]
async fn series(clinic: &Clinic, budget: &Budget, service: scheduling::model::ServiceId) {
    let (lia, tess) = (clinic.lia(), clinic.tess_acts());
    let wish = service::SeriesWish {
        patient: clinic.patient("Ana"),
        therapist: None,
        service,
        time: service::WantedTime {
            starts: "",
            date: "2027-04-06",
            clock: "16:30",
        },
        minutes: "",
        every: "week",
        times: "10",
        until: "",
    };
    service::preview_series(&tess, &wish).await.unwrap();
    budget.spent("preview_series", 8);
    let plan = service::SeriesPlan {
        wish,
        choices: &[],
        message: "",
        key: clinic.key(),
    };
    let planned = service::plan_series(&tess, &plan).await.unwrap();
    budget.spent("plan_series", 17);
    service::get_visit(&tess, planned.visits[2]).await.unwrap();
    budget.spent("get_visit of a series", 11);
    service::series_of_visit(&tess, planned.visits[2], "all").await.unwrap();
    budget.spent("series_of_visit", 10);
    let to = service::MoveMany {
        visit: planned.visits[2],
        extent: "following",
        time: service::WantedTime {
            starts: "",
            date: "2027-04-21",
            clock: "17:00",
        },
        reason: "patient_asked",
        words: "",
        leave: false,
        key: clinic.key(),
    };
    service::move_series(&tess, &to).await.unwrap();
    budget.spent("move_series", 19);
    let all = service::CancelMany {
        visit: planned.visits[2],
        extent: "all",
        reason: "unwell",
        words: "",
        key: clinic.key(),
    };
    service::cancel_series(&lia, &all).await.unwrap();
    budget.spent("cancel_series", 13);
}
