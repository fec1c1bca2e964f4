//! Every server function, what it is asked with, and who may. Whoever is not named may not.

use super::{
    audience::{ADMINS, ASKING, BOOKERS, EVERYBODY, FAMILIES, READERS, SIGNED_IN, THERAPISTS, WITH_CALENDARS},
    row::{
        Object, Row,
        Value::{Id, Item, Key, Offer, Text},
        function,
    },
    world::Who::{Admin, Liaison, PatientA, TherapistA},
};

pub const SERVER_FUNCTIONS: &[Row] = &[
    function(
        "identity/sign_in",
        &[("email", Text("nobody@demo.example")), ("password", Text("wrong"))],
        EVERYBODY,
    ),
    function("identity/typed_email", &[], EVERYBODY),
    function("identity/me", &[], SIGNED_IN),
    function("identity/my_sessions", &[], SIGNED_IN),
    Row {
        absent_is_fine: true,
        ..function("identity/end_session", &[("session", Id(Object::Session))], &[PatientA])
    },
    function("letters/my_feed", &[], WITH_CALENDARS),
    function("letters/make_feed", &[], WITH_CALENDARS),
    function("letters/end_feed", &[], WITH_CALENDARS),
    function("letters/my_letters", &[], READERS),
    function("letters/save_my_letters", &[("reminders", Text("hour"))], READERS),
    function("letters/visit_deliveries", &[("visit", Id(Object::Visit))], &[Liaison]),
    function("letters/post_standing", &[], &[Admin]),
    function("letters/send_again", &[("letter", Id(Object::Letter))], &[Liaison]),
    function("library/list_items", &[], THERAPISTS),
    function(
        "library/rename_item",
        &[("item", Id(Object::Item)), ("name", Text("Trees"))],
        &[TherapistA],
    ),
    function("library/list_kits", &[], THERAPISTS),
    function("library/open_kit", &[("visit", Id(Object::Visit))], &[TherapistA]),
    function(
        "library/add_to_kit",
        &[("visit", Id(Object::Visit)), ("item", Id(Object::Item))],
        &[TherapistA],
    ),
    function(
        "library/move_in_kit",
        &[
            ("visit", Id(Object::Visit)),
            ("item", Id(Object::Item)),
            ("place", Text("0")),
        ],
        &[TherapistA],
    ),
    function(
        "library/take_from_kit",
        &[("visit", Id(Object::Visit)), ("item", Id(Object::Item))],
        &[TherapistA],
    ),
    function(
        "library/choose_waiting_video",
        &[("visit", Id(Object::Visit))],
        &[TherapistA],
    ),
    function(
        "library/write_message",
        &[("visit", Id(Object::Visit)), ("text", Text("Hello"))],
        &[TherapistA],
    ),
    function(
        "library/remove_item",
        &[("item", Id(Object::Item)), ("sure", Text("false"))],
        &[TherapistA],
    ),
    function("people/my_patients", &[], THERAPISTS),
    function(
        "people/open_patient",
        &[("patient", Id(Object::Patient))],
        &[PatientA, TherapistA, Liaison],
    ),
    function(
        "people/add_patient",
        &[
            ("kind", Text("adult")),
            ("given_name", Text("Zoe")),
            ("family_name", Text("Reed")),
            ("birth_date", Text("1990-05-05")),
            ("email", Text("zoe@demo.example")),
            ("zone", Text("America/Chicago")),
            ("state_code", Text("IL")),
        ],
        THERAPISTS,
    ),
    function(
        "room/open_door",
        &[("visit", Id(Object::Visit))],
        &[PatientA, TherapistA],
    ),
    function("room/who_waits", &[], THERAPISTS),
    function("scheduling/find_therapists", &[], FAMILIES),
    function("scheduling/any_times", &[], BOOKERS),
    function(
        "scheduling/therapist_times",
        &[("therapist", Id(Object::Therapist))],
        BOOKERS,
    ),
    function("scheduling/get_hold", &[("hold", Id(Object::Hold))], &[PatientA]),
    function(
        "scheduling/save_reason",
        &[("hold", Id(Object::Hold)), ("reason", Text("sleep"))],
        &[PatientA],
    ),
    function(
        "scheduling/save_answers",
        &[("hold", Id(Object::Hold)), ("answers[q1]", Text("sleep"))],
        &[PatientA],
    ),
    function("scheduling/extend_hold", &[("hold", Id(Object::Hold))], &[PatientA]),
    function(
        "scheduling/request_visit",
        &[("hold", Id(Object::Hold)), ("reason", Text("sleep")), ("key", Key)],
        &[PatientA],
    ),
    function("scheduling/retake_hold", &[("hold", Id(Object::Hold))], &[PatientA]),
    function("scheduling/release_hold", &[("hold", Id(Object::Hold))], &[PatientA]),
    function(
        "scheduling/take_hold",
        &[
            ("therapist", Id(Object::Therapist)),
            ("service", Id(Object::Service)),
            ("starts", Text("2027-03-02T15:00:00Z")),
            ("for_patient", Id(Object::Patient)),
        ],
        &[PatientA],
    ),
    function("scheduling/my_calendar", &[("past", Text("false"))], FAMILIES),
    function("scheduling/my_days", &[], FAMILIES),
    function("scheduling/month_counts", &[], WITH_CALENDARS),
    function("scheduling/desk_day", &[], &[Liaison]),
    function(
        "scheduling/get_request",
        &[("request", Id(Object::Request))],
        &[PatientA],
    ),
    function(
        "scheduling/later_questions",
        &[("request", Id(Object::Request))],
        &[PatientA],
    ),
    function(
        "scheduling/answer_later",
        &[("request", Id(Object::Request)), ("answers[q1]", Text("sleep"))],
        &[PatientA],
    ),
    function("desk/queue", &[], &[Liaison]),
    function("desk/new_items", &[("since", Text("2027-03-02T14:00:00Z"))], &[Liaison]),
    function("desk/open_item", &[("item", Id(Object::Request))], &[Liaison]),
    function("desk/requests", &[("state", Text("declined"))], &[Liaison]),
    Row {
        absent_is_fine: true,
        ..function("desk/take", &[("item", Id(Object::Request))], &[Liaison])
    },
    function(
        "desk/ask",
        &[
            ("request", Id(Object::Request)),
            ("question", Text("Which days?")),
            ("key", Key),
        ],
        &[Liaison],
    ),
    function(
        "scheduling/answer_question",
        &[("request", Id(Object::Request)), ("answer", Text("Mondays"))],
        &[PatientA],
    ),
    function(
        "desk/change",
        &[
            ("request", Id(Object::Request)),
            ("offer", Offer),
            ("starts", Text("2027-03-04T16:00:00Z")),
            ("key", Key),
        ],
        &[Liaison],
    ),
    Row {
        absent_is_fine: true,
        ..function(
            "desk/preview_many",
            &[("act", Text("approve")), ("items[0]", Id(Object::Request))],
            &[Liaison],
        )
    },
    function(
        "desk/put_aside",
        &[("item", Item("affected", Object::Visit))],
        &[Liaison],
    ),
    function(
        "desk/approve",
        &[("request", Id(Object::Request)), ("key", Key)],
        &[Liaison],
    ),
    function("desk/undo", &[("request", Id(Object::Request))], &[Liaison]),
    function("desk/send_letter", &[("letter", Id(Object::Letter))], &[Liaison]),
    function(
        "desk/propose",
        &[
            ("item", Item("affected", Object::Visit)),
            ("starts[0]", Text("2027-03-02T15:00:00Z")),
            ("key", Key),
        ],
        &[Liaison],
    ),
    function(
        "desk/move_affected",
        &[
            ("item", Item("affected", Object::Visit)),
            ("starts", Text("2027-03-02T15:00:00Z")),
            ("key", Key),
        ],
        &[Liaison],
    ),
    function(
        "desk/remind",
        &[("item", Item("confirm", Object::Visit)), ("key", Key)],
        &[Liaison],
    ),
    function(
        "desk/decline",
        &[
            ("request", Id(Object::Request)),
            ("reason", Text("no_licence")),
            ("key", Key),
        ],
        &[Liaison],
    ),
    Row {
        absent_is_fine: true,
        ..function(
            "desk/decide_many",
            &[("act", Text("take")), ("items[0]", Id(Object::Request)), ("key", Key)],
            &[Liaison],
        )
    },
    Row {
        absent_is_fine: true,
        ..function("desk/let_go", &[("item", Id(Object::Request))], &[Liaison])
    },
    function("desk/templates", &[], &[Liaison]),
    function(
        "desk/save_template",
        &[
            ("purpose", Text("question")),
            ("name", Text("Days")),
            ("body", Text("Which days?")),
        ],
        &[Liaison],
    ),
    function(
        "desk/remove_template",
        &[("template", Id(Object::Template))],
        &[Liaison],
    ),
    function("desk/visits", &[], &[Liaison]),
    function("desk/find_patients", &[("text", Text("Ana"))], &[Liaison]),
    function(
        "desk/save_view",
        &[("name", Text("Mine")), ("filters", Text(""))],
        &[Liaison],
    ),
    function("desk/remove_view", &[("view", Id(Object::SavedView))], &[Liaison]),
    function("desk/choose_columns", &[("columns[0]", Text("state"))], &[Liaison]),
    function(
        "scheduling/withdraw_request",
        &[("request", Id(Object::Request)), ("key", Key)],
        &[PatientA],
    ),
    function("scheduling/rules_page", &[], ADMINS),
    function(
        "scheduling/preview_rules",
        &[("ask[values][notice]", Text("180"))],
        ADMINS,
    ),
    function(
        "scheduling/save_rules",
        &[
            ("place[group]", Text("notice")),
            ("values[notice]", Text("180")),
            ("reason", Text("more")),
            ("seen", Text("0")),
            ("key", Key),
        ],
        ADMINS,
    ),
    function("scheduling/connections", &[], ADMINS),
    function(
        "scheduling/connect",
        &[
            ("name", Text("Website")),
            (
                "secret",
                Text("tt_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
            ),
        ],
        ADMINS,
    ),
    function(
        "scheduling/disconnect",
        &[("connection", Text("00000000-0000-7000-8000-000000000000"))],
        &[],
    ),
    // Absent: what an administrator may put back is tested beside the use case.
    function(
        "scheduling/put_back_rules",
        &[("version", Text("00000000-0000-7000-8000-000000000000")), ("key", Key)],
        &[],
    ),
    function("scheduling/today", &[], THERAPISTS),
    function("scheduling/care_calendar", &[("days", Text("7"))], THERAPISTS),
    function(
        "scheduling/get_availability",
        &[("therapist", Id(Object::Therapist))],
        &[TherapistA, Liaison],
    ),
    function(
        "scheduling/save_availability",
        &[("therapist", Id(Object::Therapist))],
        &[TherapistA, Liaison],
    ),
    function(
        "scheduling/add_travel",
        &[("from", Text("2027-05-05")), ("zone", Text("Europe/London"))],
        THERAPISTS,
    ),
    Row {
        absent_is_fine: true,
        ..function("scheduling/remove_travel", &[("from", Text("2027-05-05"))], THERAPISTS)
    },
    function(
        "scheduling/save_limits",
        &[("therapist", Id(Object::Therapist)), ("week_visits", Text("40"))],
        &[TherapistA, Liaison],
    ),
    function("scheduling/closures", &[], &[Liaison, Admin]),
    function(
        "scheduling/add_closure",
        &[
            ("first", Text("2027-05-06")),
            ("zone", Text("America/New_York")),
            ("reason", Text("Inventory")),
        ],
        &[Liaison, Admin],
    ),
    // Whoever comes second finds the clinic open, which is what they wanted.
    Row {
        absent_is_fine: true,
        ..function(
            "scheduling/remove_closure",
            &[("id", Id(Object::Closure))],
            &[Liaison, Admin],
        )
    },
    function(
        "scheduling/save_found_by",
        &[
            ("therapist", Id(Object::Therapist)),
            ("gender", Text("woman")),
            ("insurers[aetna]", Text("true")),
        ],
        &[TherapistA, Liaison],
    ),
    function("scheduling/list_services", &[], &[Liaison]),
    function(
        "scheduling/save_service",
        &[
            ("name", Text("Evenings")),
            ("line", Text("mental_health")),
            ("form[minutes]", Text("45")),
            ("form[step]", Text("60")),
            ("form[offset]", Text("0")),
            ("form[before]", Text("0")),
            ("form[after]", Text("0")),
            ("form[price]", Text("90")),
            ("form[mode]", Text("video")),
            ("form[booker]", Text("everybody")),
            ("form[age_from]", Text("0")),
            ("form[age_until]", Text("150")),
        ],
        &[Liaison],
    ),
    function(
        "scheduling/save_offer",
        &[("therapist", Id(Object::Therapist)), ("service", Id(Object::Service))],
        &[Liaison],
    ),
    function("scheduling/list_prescreens", &[], ASKING),
    function("scheduling/open_prescreen", &[("form", Id(Object::Prescreen))], ASKING),
    // There may be a form for this already: the rule answers, not the door.
    function(
        "scheduling/add_prescreen",
        &[("name", Text("Before")), ("service", Id(Object::Service))],
        ASKING,
    ),
    // Whoever comes second has not seen what the first one did; that is a rule too.
    function(
        "scheduling/add_question",
        &[
            ("form", Id(Object::Prescreen)),
            ("seen", Text("0")),
            ("kind", Text("text")),
            ("label", Text("Why?")),
        ],
        ASKING,
    ),
    function(
        "scheduling/save_question",
        &[
            ("form", Id(Object::Prescreen)),
            ("seen", Text("0")),
            ("id", Text("1")),
            ("question[label]", Text("Why?")),
        ],
        ASKING,
    ),
    function(
        "scheduling/arrange_question",
        &[
            ("form", Id(Object::Prescreen)),
            ("seen", Text("0")),
            ("id", Text("1")),
            ("step", Text("up")),
        ],
        ASKING,
    ),
    function(
        "scheduling/publish_prescreen",
        &[("form", Id(Object::Prescreen)), ("seen", Text("0"))],
        ASKING,
    ),
    function(
        "scheduling/retire_prescreen",
        &[
            ("form", Id(Object::Prescreen)),
            ("seen", Text("0")),
            ("retired", Text("true")),
        ],
        ASKING,
    ),
    function("scheduling/add_override", &[("date", Text("2027-05-03"))], THERAPISTS),
    function(
        "scheduling/add_time_off",
        &[
            ("first", Text("2027-05-04")),
            ("last", Text("2027-05-04")),
            ("reason", Text("Leave")),
        ],
        THERAPISTS,
    ),
    function(
        "scheduling/remove_override",
        &[("id", Id(Object::Override))],
        &[TherapistA],
    ),
    function(
        "scheduling/remove_time_off",
        &[("id", Id(Object::TimeOff))],
        &[TherapistA],
    ),
    function(
        "scheduling/get_visit",
        &[("visit", Id(Object::Visit))],
        &[PatientA, TherapistA, Liaison],
    ),
    function(
        "scheduling/save_summary",
        &[("visit", Id(Object::Visit)), ("summary", Text("slept"))],
        &[TherapistA],
    ),
    function(
        "scheduling/complete_visit",
        &[
            ("visit", Id(Object::Visit)),
            ("outcome", Text("completed")),
            ("key", Key),
        ],
        &[TherapistA],
    ),
    function(
        "scheduling/move_visit",
        &[
            ("visit", Id(Object::Visit)),
            ("starts", Text("2027-03-02T15:00:00Z")),
            ("reason", Text("patient_asked")),
            ("key", Key),
        ],
        &[PatientA, TherapistA, Liaison],
    ),
    function(
        "scheduling/plan_visit",
        &[
            ("patient", Id(Object::Patient)),
            ("therapist", Id(Object::Therapist)),
            ("service", Id(Object::Service)),
            ("starts", Text("2027-03-02T15:00:00Z")),
            ("key", Key),
        ],
        &[TherapistA, Liaison],
    ),
    function(
        "scheduling/move_choices",
        &[("visit", Id(Object::Visit))],
        &[PatientA, TherapistA, Liaison],
    ),
    function(
        "scheduling/plan_choices",
        &[("patient", Id(Object::Patient))],
        &[TherapistA, Liaison],
    ),
    function(
        "scheduling/propose_times",
        &[
            ("visit", Id(Object::Visit)),
            ("starts[0]", Text("2027-03-02T15:00:00Z")),
            ("key", Key),
        ],
        &[TherapistA, Liaison],
    ),
    function(
        "scheduling/accept_proposal",
        &[
            ("proposal", Id(Object::Proposal)),
            ("time", Id(Object::ProposedTime)),
            ("key", Key),
        ],
        &[PatientA],
    ),
    function(
        "scheduling/decline_proposal",
        &[("proposal", Id(Object::Proposal)), ("key", Key)],
        &[PatientA],
    ),
    function(
        "scheduling/waitlist_form",
        &[("patient", Id(Object::Patient))],
        &[PatientA],
    ),
    function(
        "scheduling/join_waitlist",
        &[
            ("patient", Id(Object::Patient)),
            ("service", Id(Object::Service)),
            ("therapist", Id(Object::Therapist)),
            ("weeks", Text("4")),
            ("key", Key),
        ],
        &[PatientA],
    ),
    function("scheduling/my_waitlist", &[], FAMILIES),
    function("scheduling/get_offer", &[("offer", Id(Object::KeptTime))], &[PatientA]),
    function(
        "scheduling/offer_by_hand",
        &[
            ("wish", Id(Object::Wish)),
            ("starts", Text("2027-05-06T15:00:00Z")),
            ("key", Key),
        ],
        &[Liaison],
    ),
    function(
        "scheduling/take_offer",
        &[("offer", Id(Object::KeptTime)), ("key", Key)],
        &[PatientA],
    ),
    function(
        "scheduling/pass_offer",
        &[("offer", Id(Object::KeptTime)), ("key", Key)],
        &[PatientA],
    ),
    function(
        "scheduling/withdraw_offer",
        &[("offer", Id(Object::KeptTime)), ("key", Key)],
        &[Liaison],
    ),
    function(
        "scheduling/leave_waitlist",
        &[("wish", Id(Object::Wish)), ("key", Key)],
        &[PatientA],
    ),
    function(
        "scheduling/cancel_visit",
        &[("visit", Id(Object::Visit)), ("reason", Text("unwell")), ("key", Key)],
        &[PatientA, TherapistA, Liaison],
    ),
    function(
        "desk/cancel_affected",
        &[
            ("item", Item("affected", Object::Visit)),
            ("reason", Text("therapist_away")),
            ("key", Key),
        ],
        &[Liaison],
    ),
    // The visit is planted as one of a series. It is cancelled by now; the rights are asked all the same.
    function(
        "scheduling/series_of_visit",
        &[("visit", Id(Object::Visit)), ("extent", Text("all"))],
        &[PatientA, TherapistA, Liaison],
    ),
    function(
        "scheduling/move_series",
        &[
            ("visit", Id(Object::Visit)),
            ("extent", Text("all")),
            ("date", Text("2027-05-04")),
            ("clock", Text("10:00")),
            ("reason", Text("patient_asked")),
            ("key", Key),
        ],
        &[TherapistA, Liaison],
    ),
    function(
        "scheduling/cancel_series",
        &[
            ("visit", Id(Object::Visit)),
            ("extent", Text("all")),
            ("reason", Text("unwell")),
            ("key", Key),
        ],
        &[PatientA, TherapistA, Liaison],
    ),
    function(
        "scheduling/preview_series",
        &[
            ("patient", Id(Object::Patient)),
            ("therapist", Id(Object::Therapist)),
            ("service", Id(Object::Service)),
            ("date", Text("2027-05-04")),
            ("clock", Text("10:00")),
            ("every", Text("week")),
            ("times", Text("2")),
        ],
        &[TherapistA, Liaison],
    ),
    function(
        "scheduling/plan_series",
        &[
            ("patient", Id(Object::Patient)),
            ("therapist", Id(Object::Therapist)),
            ("service", Id(Object::Service)),
            ("date", Text("2027-05-04")),
            ("clock", Text("10:00")),
            ("every", Text("week")),
            ("times", Text("2")),
            ("key", Key),
        ],
        &[TherapistA, Liaison],
    ),
    // After all that books: without the offer nothing can be booked any more.
    Row {
        absent_is_fine: true,
        ..function(
            "scheduling/remove_offer",
            &[("therapist", Id(Object::Therapist)), ("service", Id(Object::Service))],
            &[Liaison],
        )
    },
    function("identity/end_other_sessions", &[], SIGNED_IN),
    function("identity/sign_out", &[], EVERYBODY),
];
