//! What the pages get. Plain data, preformatted where the two sides could differ: instants stay UTC, clock readings come
//! from the server, which has the zone database.

mod book;
mod calendar;
mod care;
mod connections;
mod days;
mod desk;
mod find;
mod moving;
mod person;
mod prescreen;
mod proposal;
mod rules;
mod series;
mod services;
mod visit;
mod waitlist;
mod when;

pub use book::{HoldView, OpenRequestView};
pub use calendar::{AgendaRow, Bookable, CalendarPage, Standing};
pub use care::{
    AffectedView, AvailabilityView, CareBlock, CareBlockKind, CareDay, ClosureRow, ClosuresView, OfferView,
    OverrideRow, ShiftRow, TimeOffRow, TodayView, TravelRow, WayOut, WaysOutView,
};
pub use connections::{ConnectionRow, ConnectionsView};
pub use days::{CareDaysView, DayCount, DeskColumn, DeskDayView, FamilyDays, MonthView, MyBlock, MyDay, PageClock};
pub use desk::{
    CheckState, CheckView, DayBlock, DayBlockKind, DeskVisitRow, OtherOffer, RequestDetailView, RequestPage, RequestRow,
};
pub use find::{
    AnyDay, AnyHit, AnyTimesView, DayFree, DayTimes, FindView, ServiceView, SlotView, TherapistHit, TimesView, Why,
};
pub use moving::{MoveAnswer, MoveView, MovedView, PlanAnswer, PlanTherapist, PlanView};
pub use person::{Face, Person};
pub use prescreen::{
    AnswerRow, AnswersView, AskedView, LaterView, PrescreenRow, PrescreenView, PrescreensView, VersionRow,
};
pub use proposal::{ProposalView, ProposedTime};
pub use rules::{
    Around, Fate, PreviewDay, PreviewTime, PreviewVisit, RuleChange, RuleField, RulesPreview, RulesVersion, RulesView,
};
pub use series::{
    Hindrance, HindranceKind, MoveManyAnswer, OccurrenceView, SeriesChangeView, SeriesPreview, SeriesView,
    SeriesVisitRow,
};
pub use services::{ServiceRow, ServicesView};
pub use visit::{CancelView, HistoryRow, PresenceRow, QuestionView, RequestView, VisitActs, VisitView};
pub use waitlist::{JoinView, KeptTimeView, MyWaitlistView, OfferLine, WishDetail, WishView};
pub use when::{When, ZoneView};
