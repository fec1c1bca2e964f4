//! Views as the server would send them, for the tests of these pages.
#![expect(clippy::unwrap_used, reason = "made of literals, for tests")]

use crate::{
    api::view::{
        AgendaRow, AnswerRow, AnswersView, AskedView, Bookable, DayTimes, Face, HoldView, MoveView, OccurrenceView,
        Person, PlanTherapist, PlanView, RequestDetailView, RequestRow, RequestView, SeriesChangeView, SeriesPreview,
        SeriesView, SeriesVisitRow, ServiceView, SlotView, Standing, TimesView, VisitActs, VisitView, When, ZoneView,
    },
    model::{
        Extent, HoldId, HoldState, Line, RequestState, ServiceId, VisitState,
        prescreen::{Question, QuestionKind, Scale},
    },
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use kernel::{IdempotencyKey, Money, PatientId, RequestId, TherapistId, VisitId};
use std::collections::BTreeMap;
use uuid::Uuid;

pub fn face() -> Face {
    Face {
        therapist: TherapistId::new(Uuid::from_u128(1)),
        name: "Tess Test".to_owned(),
        title: "LCSW".to_owned(),
    }
}

pub fn person() -> Person {
    Person {
        patient: PatientId::new(Uuid::from_u128(2)),
        name: "Ana Example".to_owned(),
        child: false,
        me: true,
    }
}

pub fn service() -> ServiceView {
    ServiceView {
        service: ServiceId::new(Uuid::from_u128(3)),
        name: "Therapy".to_owned(),
        line: Line::MentalHealth,
        minutes: 45,
        price: Money::usd(8_600),
    }
}

pub fn zone() -> ZoneView {
    ZoneView {
        name: "America/Chicago".to_owned(),
        label: "Chicago (Central)".to_owned(),
        offset_minutes: -360,
    }
}

/// # Panics
/// On a text that is no instant: the test is wrong then.
pub fn when(starts: &str) -> When {
    let starts: DateTime<Utc> = starts.parse().unwrap();
    let local = starts + Duration::minutes(i64::from(zone().offset_minutes));
    When {
        starts,
        ends: starts + Duration::minutes(45),
        date: local.date_naive(),
        day: local.format("%a %-d %b").to_string(),
        from: local.format("%H:%M").to_string(),
        until: (local + Duration::minutes(45)).format("%H:%M").to_string(),
        zone: zone(),
    }
}

pub fn slot(starts: &str) -> SlotView {
    let when = when(starts);
    SlotView {
        starts: when.starts,
        date: when.date,
        day: when.day,
        clock: when.from,
    }
}

/// A month with two available times on each of `days`; today is 22 November 2026.
///
/// # Panics
/// On a text that is no instant: the test is wrong then.
pub fn times_view(days: &[&str]) -> TimesView {
    TimesView {
        face: face(),
        about: "Works with adults.".to_owned(),
        approach: String::new(),
        licence_states: vec!["IL".to_owned(), "NY".to_owned()],
        languages: vec!["en".to_owned(), "es".to_owned()],
        specialties: Vec::new(),
        people: vec![person()],
        person: person(),
        services: vec![service()],
        service: Some(service()),
        month: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
        previous_month: None,
        next_month: NaiveDate::from_ymd_opt(2026, 12, 1),
        today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        days: days
            .iter()
            .map(|day| DayTimes {
                date: day.parse().unwrap(),
                day: when(&format!("{day}T16:00:00Z")).day,
                slots: vec![slot(&format!("{day}T16:00:00Z")), slot(&format!("{day}T16:45:00Z"))],
            })
            .collect(),
        next_available: days.first().map(|day| slot(&format!("{day}T16:00:00Z"))),
        nearest: Vec::new(),
        zone: zone(),
        therapist_zone: ZoneView {
            name: "America/New_York".to_owned(),
            label: "New York (Eastern)".to_owned(),
            offset_minutes: -300,
        },
        ahead_minutes: 60,
        closed: None,
        running: None,
    }
}

pub fn agenda_row(starts: &str) -> AgendaRow {
    AgendaRow {
        about: Bookable::Visit(VisitId::new(Uuid::from_u128(4))),
        standing: Standing::Visit(VisitState::Scheduled),
        person: person(),
        therapist: face(),
        service: service(),
        when: when(starts),
        since: when("2026-11-20T18:02:00Z"),
        room_open: false,
        room_opens: when(starts),
        can_cancel: true,
        can_withdraw: false,
        key: IdempotencyKey::new(Uuid::from_u128(5)),
        has_summary: false,
        answered: false,
    }
}

/// # Panics
/// On a text that is no instant: the test is wrong then.
pub fn hold(state: HoldState) -> HoldView {
    let server_now: DateTime<Utc> = "2026-11-22T16:00:00Z".parse().unwrap();
    HoldView {
        hold: HoldId::new(Uuid::from_u128(6)),
        state,
        expires_at: server_now + Duration::seconds(252),
        server_now,
        person: person(),
        chosen: person().patient,
        people: Vec::new(),
        therapist: face(),
        service: service(),
        when: when("2026-11-24T16:00:00Z"),
        reason: "Sleep is <bad> & short".to_owned(),
        asked: None,
        reason_limit: 4_000,
        can_extend: true,
        still_free: true,
        nearest: Vec::new(),
        request: None,
        answer_by: when("2026-11-23T23:00:00Z"),
        open_requests: Vec::new(),
        open_limit: 3,
        key: IdempotencyKey::new(Uuid::from_u128(7)),
    }
}

/// One question of each kind; the text is answered.
pub fn asked() -> AskedView {
    let question = |id, label: &str, kind| Question {
        id,
        label: label.to_owned(),
        hint: String::new(),
        required: false,
        kind,
    };
    AskedView {
        questions: vec![
            question(1, "What brings you <here>?", QuestionKind::Text),
            question(
                2,
                "When would you rather meet?",
                QuestionKind::Choice(vec!["Days".to_owned(), "Evenings".to_owned()]),
            ),
            question(
                3,
                "How well do you sleep?",
                QuestionKind::Scale(Scale {
                    least: 0,
                    most: 5,
                    low: "badly".to_owned(),
                    high: "well".to_owned(),
                }),
            ),
            question(4, "Since when?", QuestionKind::Date),
            question(5, "I agree to meet by video.", QuestionKind::Consent),
        ],
        answers: BTreeMap::from([("q1".to_owned(), "Sleep & work".to_owned())]),
    }
}

pub fn answers() -> AnswersView {
    AnswersView {
        form: "Before a first talk".to_owned(),
        version: 2,
        at: when("2026-11-20T18:02:00Z"),
        rows: vec![
            AnswerRow {
                question: "What brings you <here>?".to_owned(),
                answer: Some("Sleep & work".to_owned()),
            },
            AnswerRow {
                question: "Since when?".to_owned(),
                answer: None,
            },
        ],
    }
}

pub fn request_view(state: RequestState) -> RequestView {
    RequestView {
        request: RequestId::new(Uuid::from_u128(8)),
        state,
        person: person(),
        therapist: face(),
        service: service(),
        when: when("2026-11-24T16:00:00Z"),
        sent: when("2026-11-20T18:02:00Z"),
        answer_by: when("2026-11-23T23:00:00Z"),
        reason: String::new(),
        answers: None,
        unanswered: false,
        decline: None,
        words: String::new(),
        visit: None,
        can_withdraw: state == RequestState::Pending,
        questions: Vec::new(),
        text_limit: 4_000,
        proposal: None,
        nearest: Vec::new(),
        history: Vec::new(),
        key: IdempotencyKey::new(Uuid::from_u128(5)),
    }
}

pub fn visit_view(state: VisitState) -> VisitView {
    VisitView {
        visit: VisitId::new(Uuid::from_u128(4)),
        state,
        person: person(),
        therapist: face(),
        service: service(),
        when: when("2026-11-24T16:00:00Z"),
        other_when: None,
        room_opens: when("2026-11-24T15:45:00Z"),
        free_until: when("2026-11-23T16:00:00Z"),
        late_now: false,
        cut_off_hours: 24,
        late_fee: Some(Money::usd(4_000)),
        acts: VisitActs {
            join: false,
            cancel: state.is_open(),
            reschedule: state == VisitState::Scheduled,
            confirm: false,
            correct: false,
        },
        reason: String::new(),
        answers: None,
        unanswered: false,
        message: String::new(),
        summary: None,
        draft: None,
        correct_until: None,
        correction_hours: 36,
        cancel: None,
        presence: Vec::new(),
        proposal: None,
        series: None,
        history: Vec::new(),
        request: None,
        key: IdempotencyKey::new(Uuid::from_u128(5)),
        text_limit: 4_000,
    }
}

pub fn move_choices() -> MoveView {
    MoveView {
        visit: VisitId::new(Uuid::from_u128(4)),
        person: person(),
        therapist: face(),
        service: service(),
        when: when("2026-11-24T16:00:00Z"),
        free_until: when("2026-11-23T16:00:00Z"),
        may: true,
        series: None,
        staff: false,
        therapists: vec![face()],
        chosen: face().therapist,
        days: times_view(&["2026-11-25", "2026-11-26"]).days,
        is_first: true,
        later: NaiveDate::from_ymd_opt(2026, 12, 3),
        key: IdempotencyKey::new(Uuid::from_u128(5)),
        text_limit: 4_000,
    }
}

pub fn plan_view() -> PlanView {
    PlanView {
        chosen: None,
        people: vec![person()],
        therapists: vec![PlanTherapist {
            face: face(),
            zone: zone(),
            services: vec![service()],
        }],
        desk: false,
        key: IdempotencyKey::new(Uuid::from_u128(5)),
        text_limit: 4_000,
    }
}

pub fn series_preview() -> SeriesPreview {
    let free = |starts| OccurrenceView {
        when: when(starts),
        hindrance: None,
        outside_hours: false,
        skipped: false,
        instead: Vec::new(),
    };
    SeriesPreview {
        person: person(),
        therapist: face(),
        service: service(),
        zone: zone(),
        clock: "10:00".to_owned(),
        occurrences: vec![free("2026-11-24T16:00:00Z"), free("2026-12-01T16:00:00Z")],
        key: IdempotencyKey::new(Uuid::from_u128(5)),
        text_limit: 4_000,
    }
}

pub fn series_change() -> SeriesChangeView {
    let row = |number, starts, apart, late| SeriesVisitRow {
        visit: VisitId::new(Uuid::from_u128(40 + u128::from(number))),
        number,
        when: when(starts),
        apart,
        late,
    };
    SeriesChangeView {
        visit: VisitId::new(Uuid::from_u128(43)),
        extent: Extent::Following,
        series: SeriesView {
            number: 3,
            of: 4,
            following: 2,
            all: 3,
        },
        person: person(),
        therapist: face(),
        service: service(),
        when: when("2026-11-24T16:00:00Z"),
        visits: vec![
            row(3, "2026-11-24T16:00:00Z", false, true),
            row(4, "2026-12-02T18:00:00Z", true, false),
        ],
        may_move: false,
        staff: false,
        cut_off_hours: 24,
        late_fee: Some(Money::usd(4_000)),
        key: IdempotencyKey::new(Uuid::from_u128(5)),
        text_limit: 4_000,
    }
}

/// The markup of a piece, as the server would send it.
pub fn render(view: impl FnOnce() -> leptos::prelude::AnyView) -> String {
    use leptos::prelude::{Owner, RenderHtml};
    // Without the marks between texts that hydration needs.
    Owner::new().with(|| view().to_html()).replace("<!>", "")
}

pub fn request_row() -> RequestRow {
    RequestRow {
        request: RequestId::new(Uuid::from_u128(8)),
        state: RequestState::Pending,
        person: Person { me: false, ..person() },
        therapist: face(),
        service: service(),
        when: when("2026-11-24T16:00:00Z"),
        sent: when("2026-11-20T18:02:00Z"),
        due: when("2026-11-23T23:00:00Z"),
        urgent: false,
    }
}

pub fn request_detail(state: RequestState) -> RequestDetailView {
    RequestDetailView {
        row: RequestRow { state, ..request_row() },
        therapist_when: when("2026-11-24T16:00:00Z"),
        reason: String::new(),
        answers: None,
        unanswered: false,
        checks: Vec::new(),
        therapist_day: Vec::new(),
        patient_day: Vec::new(),
        nearest: Vec::new(),
        history: Vec::new(),
        can_approve: true,
        can_decline: true,
        key: IdempotencyKey::new(Uuid::from_u128(5)),
        text_limit: 4_000,
        questions: Vec::new(),
        others: Vec::new(),
    }
}
