//! Journeys, limits, offers and closures.

use super::OfWhom;
use crate::{
    api::{
        AddTravel, RemoveTravel, SaveLimits,
        view::{ClosureRow, OfferView, TravelRow},
    },
    model::{Booker, Horizon, Limits, Mode},
    ui::parts::{ActFailed, failure, failure_at},
};
use chrono::NaiveDate;
use kit::prelude::*;
use leptos::prelude::*;

/// Zones of the country first, then where people travel. Any other IANA name may be typed by the desk.
pub const ZONES: [(&str, &str); 12] = [
    ("America/New_York", "New York (Eastern)"),
    ("America/Chicago", "Chicago (Central)"),
    ("America/Denver", "Denver (Mountain)"),
    ("America/Phoenix", "Phoenix (Mountain, no summer time)"),
    ("America/Los_Angeles", "Los Angeles (Pacific)"),
    ("America/Anchorage", "Anchorage (Alaska)"),
    ("Pacific/Honolulu", "Honolulu (Hawaii)"),
    ("America/Puerto_Rico", "Puerto Rico"),
    ("America/Mexico_City", "Mexico City"),
    ("Europe/London", "London"),
    ("Europe/Berlin", "Berlin"),
    ("Asia/Tokyo", "Tokyo"),
];

#[component]
pub fn Travels(
    rows: Vec<TravelRow>,
    today: NaiveDate,
    add: ServerAction<AddTravel>,
    added: Memo<u32>,
    remove: ServerAction<RemoveTravel>,
) -> impl IntoView {
    let of = OfWhom::here();
    let failed = failure(add);
    let list = rows
        .into_iter()
        .map(|row| {
            let words = format!("From {}: {}", row.day, row.zone.label);
            let label = format!("Remove the zone from {}", row.day);
            view! {
                <li class="line apart">
                    <span>{words}</span>
                    <ActionForm action=remove>
                        {of.field()}
                        <input type="hidden" name="from" value=row.from.to_string()/>
                        <Button kind=ButtonKind::Quiet size=ButtonSize::Small button_type=ButtonType::Submit label>"Remove"</Button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    let options = ZONES.map(|(name, label)| (name.to_owned(), label.to_owned())).to_vec();
    let form = view! {
        <ActionForm action=add attr:class="form">
            {of.field()}
            <ActFailed failure=failed/>
            <FormRow>
                <Field name="from" label="From" input_type="date" min=today.to_string() required=true error=failure_at(failed, "from")/>
                <Select name="zone" label="Time zone" options/>
                <Button button_type=ButtonType::Submit busy=add.pending()>"Add the zone"</Button>
            </FormRow>
        </ActionForm>
    };
    view! {
        <Section title="Travel">
            <ActFailed failure=failure(remove)/>
            <p class="muted">"Your hours are read on the clock of the place where you are. Enter the way back too."</p>
            <ul class="lines">{list}</ul>
            {anew(added.get_untracked().to_string(), form.into_any())}
        </Section>
    }
}

#[component]
pub fn LimitsForm(limits: Limits, save: ServerAction<SaveLimits>) -> impl IntoView {
    let of = OfWhom::here();
    let failed = failure(save);
    let text = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
    let field = move |name: &'static str, label: &'static str, number: Option<u16>| {
        view! { <Field name=name label=label input_type="number" min="0" value=text(number) error=failure_at(failed, name)/> }
    };
    view! {
        <Section title="Limits">
            <p class="muted">"Over all services. A day or a week that is full offers no more times. Empty is no limit."</p>
            <ActionForm action=save attr:class="form">
                {of.field()}
                <ActFailed failure=failed/>
                <FormRow>
                    {field("day_visits", "Visits a day", limits.day_visits)}
                    {field("day_minutes", "Minutes a day", limits.day_minutes)}
                    {field("week_visits", "Visits a week", limits.week_visits)}
                    {field("week_minutes", "Minutes a week", limits.week_minutes)}
                    <Button button_type=ButtonType::Submit busy=save.pending()>"Save the limits"</Button>
                </FormRow>
            </ActionForm>
        </Section>
    }
}

/// What is offered and on which terms.
#[component]
pub fn Offers(offers: Vec<OfferView>) -> impl IntoView {
    if offers.is_empty() {
        return ().into_any();
    }
    let columns = ["Service", "Length", "Times", "Booked by", "Price"]
        .map(Column::new)
        .to_vec();
    let rows = offers
        .into_iter()
        .map(|offer| {
            let terms = Terms(&offer);
            let (length, times, who) = (terms.length(), terms.times(), terms.who());
            view! {
                <Row>
                    <Cell label="Service" head=true>{offer.name.clone()}</Cell>
                    <Cell label="Length">{length}</Cell>
                    <Cell label="Times">{times}</Cell>
                    <Cell label="Booked by">{who}</Cell>
                    <Cell label="Price">{offer.basics.price.to_string()}</Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <Section title="Services">
            <DataTable caption="Services and their terms" columns>{rows}</DataTable>
        </Section>
    }
    .into_any()
}

/// The words of an offer.
struct Terms<'a>(&'a OfferView);

impl Terms<'_> {
    fn length(&self) -> String {
        let basics = &self.0.basics;
        let mode = match basics.mode {
            Mode::Video => "video",
            Mode::Phone => "phone",
            Mode::Either => "video or phone",
        };
        format!(
            "{} min, {mode}; {} min before and {} after kept free",
            basics.minutes, basics.before, basics.after
        )
    }

    fn times(&self) -> String {
        let basics = &self.0.basics;
        let mut parts = vec![format!("every {} min", basics.step)];
        if basics.offset > 0 {
            parts.push(format!("{} min into a shift", basics.offset));
        }
        parts.push(format!("notice {}", duration(self.0.notice_minutes)));
        match self.0.horizon {
            None => {}
            Some(Horizon::Days(days)) => parts.push(format!("{days} days ahead")),
            Some(Horizon::WorkDays(days)) => parts.push(format!("{days} working days ahead")),
            Some(Horizon::Dates { from, until }) => parts.push(format!("{from} to {until}")),
        }
        let limits = self.0.limits;
        let per = |number: Option<u16>, words: &str| number.map(|number| format!("at most {number} {words}"));
        parts.extend(per(limits.day_visits, "a day"));
        parts.extend(per(limits.day_minutes, "min a day"));
        parts.extend(per(limits.week_visits, "a week"));
        parts.extend(per(limits.week_minutes, "min a week"));
        parts.join(", ")
    }

    fn who(&self) -> String {
        let who = match self.0.basics.booker {
            Booker::Everybody => "everybody",
            Booker::New => "new patients",
            Booker::Known => "known patients",
            Booker::Nobody => "our team only",
        };
        let ages = self.0.basics.ages;
        match (ages.from, ages.until) {
            (0, 150) => who.to_owned(),
            (0, until) => format!("{who}, up to {until} years"),
            (from, 150) => format!("{who}, from {from} years"),
            (from, until) => format!("{who}, {from} to {until} years"),
        }
    }
}

/// "2 h", "90 min"
fn duration(minutes: i64) -> String {
    if minutes > 0 && minutes % 60 == 0 {
        format!("{} h", minutes / 60)
    } else {
        format!("{minutes} min")
    }
}

/// When the clinic is shut; nobody is offered a time then.
#[component]
pub fn Closures(rows: Vec<ClosureRow>) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let days = days_of(&row);
            view! { <li class="line">{days} <span class="muted">", " {row.reason}</span></li> }
        })
        .collect_view();
    view! { <Section title="The clinic is shut"><ul class="lines">{rows}</ul></Section> }.into_any()
}

/// "Tue 24 Nov", "Thu 24 Dec to Fri 1 Jan"
pub fn days_of(row: &ClosureRow) -> String {
    if row.when.day == row.last_day {
        row.last_day.clone()
    } else {
        format!("{} to {}", row.when.day, row.last_day)
    }
}

#[cfg(test)]
mod tests {
    use super::{Terms, duration};
    use crate::{
        api::{TermsForm, view::OfferView},
        model::{Ages, Basics, Booker, Horizon, Limits, Mode, ServiceId},
    };
    use kernel::Money;
    use uuid::Uuid;

    #[test]
    fn terms_read_as_people_say_them() {
        let offer = OfferView {
            service: ServiceId::new(Uuid::from_u128(1)),
            name: "Therapy".to_owned(),
            basics: Basics {
                minutes: 45,
                step: 60,
                offset: 15,
                before: 0,
                after: 10,
                price: Money::usd(8_600),
                mode: Mode::Either,
                booker: Booker::Known,
                ages: Ages { from: 13, until: 17 },
            },
            notice_minutes: 120,
            horizon: Some(Horizon::WorkDays(10)),
            limits: Limits {
                day_visits: Some(4),
                ..Limits::NONE
            },
            own: TermsForm::default(),
        };
        let terms = Terms(&offer);
        assert_eq!(
            terms.length(),
            "45 min, video or phone; 0 min before and 10 after kept free"
        );
        assert_eq!(
            terms.times(),
            "every 60 min, 15 min into a shift, notice 2 h, 10 working days ahead, at most 4 a day"
        );
        assert_eq!(terms.who(), "known patients, 13 to 17 years");
        assert_eq!(duration(90), "90 min");
    }
}
