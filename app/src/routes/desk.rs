//! Pages of liaisons, partner staff and admins.

use super::lazy::lazy_pages;
use crate::home::{AdminHomePage, PartnerHomePage};
use desk::ui::{DecidedPage, ItemPage, ManyPage, QueuePage, TemplatesPage, VisitPage, VisitsPage};
use scheduling::ui::{
    AdminPrescreenPage, AdminPrescreensPage, ClosuresPage, ConnectionsPage, DeskCalendarPage, DeskMovePage,
    DeskPlanPage, DeskPlanSeriesPage, DeskPrescreenPage, DeskPrescreensPage, DeskSchedulePage, DeskSeriesPage,
    ParametersPage, ServicesPage,
};

lazy_pages! {
    desk_page, __preload_desk_page:
    HOME => QueuePage,
    ITEM => ItemPage,
    MANY => ManyPage,
    DECIDED => DecidedPage,
    TEMPLATES => TemplatesPage,
    CALENDAR => DeskCalendarPage,
    VISITS => VisitsPage,
    VISIT => VisitPage,
    MOVE => DeskMovePage,
    PLAN => DeskPlanPage,
    PLAN_SERIES => DeskPlanSeriesPage,
    SERIES => DeskSeriesPage,
    SERVICES => ServicesPage,
    SCHEDULE => DeskSchedulePage,
    PARTNER => PartnerHomePage,
    ADMIN => AdminHomePage,
    PARAMETERS => ParametersPage,
    CONNECTIONS => ConnectionsPage,
    CLOSURES => ClosuresPage,
    QUESTIONS => DeskPrescreensPage,
    QUESTION_FORM => DeskPrescreenPage,
    ADMIN_QUESTIONS => AdminPrescreensPage,
    ADMIN_QUESTION_FORM => AdminPrescreenPage,
}
