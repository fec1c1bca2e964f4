//! A liaison keeps what can be booked: services, and each therapist's own terms for them (R28).

use crate::{
    Error,
    api::{
        TermsForm,
        view::{ServiceRow, ServicesView},
    },
    model::{Ages, Basics, Bounds, FARTHEST, Horizon, Limits, Line, OwnTerms, ServiceId},
    store::{self, offer::Kept},
};
use kernel::{
    Ctx, Money, TherapistId,
    audit::{self, Looked, Subject},
};
use people::TherapistFilter;
use std::str::FromStr;

use super::{cast::face, parse, role};

/// Longest name of a service, as the table has it.
const NAME_LIMIT: usize = 80;

/// # Errors
/// `NotFound` for every role but liaison.
pub async fn list_services(ctx: &Ctx) -> Result<ServicesView, Error> {
    role::desk(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let kept = store::offer::services(&mut tx).await?;
    let therapists = people::service::find_therapists(&mut tx, &TherapistFilter::default()).await?;
    audit::record(&mut tx, Looked::Read, Subject::kind("services"));
    tx.commit().await?;
    Ok(ServicesView {
        services: kept
            .into_iter()
            .map(|one| ServiceRow {
                service: one.id,
                name: one.name,
                line: one.line,
                retired: one.retired,
                offered_by: one.offered_by,
                form: form(&one.terms),
            })
            .collect(),
        therapists: therapists.iter().map(face).collect(),
    })
}

/// # Errors
/// `Invalid` at the field, `NotFound` for every role but liaison and for an absent service.
pub async fn save_service(
    ctx: &Ctx,
    service: Option<ServiceId>,
    (name, line): (&str, &str),
    retired: bool,
    form: &TermsForm,
) -> Result<(), Error> {
    role::desk(ctx)?;
    let name = parse::text("name", name, NAME_LIMIT)?.ok_or_else(|| Error::invalid("name", "required"))?;
    let line: Line = parse::code("line", line)?;
    let terms = read(form)?;
    basics(&terms)?;
    let kept = Kept {
        id: service.unwrap_or_else(|| ctx.ids.next()),
        name,
        line,
        retired,
        offered_by: 0,
        terms,
    };
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if service.is_some() {
        if !store::offer::update_service(&mut tx, &kept, ctx.clock.now()).await? {
            return Err(Error::NotFound);
        }
    } else {
        store::offer::insert_service(&mut tx, &kept).await?;
    }
    audit::record(&mut tx, Looked::Changed, Subject::new("service", kept.id.uuid()));
    tx.commit().await?;
    Ok(())
}

/// # Errors
/// `Invalid` at the field, `NotFound` for every role but liaison and for an absent therapist or service.
pub async fn save_offer(ctx: &Ctx, therapist: TherapistId, service: ServiceId, form: &TermsForm) -> Result<(), Error> {
    role::desk(ctx)?;
    let terms = read(form)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    people::service::therapist_card(&mut tx, therapist)
        .await?
        .ok_or(Error::NotFound)?;
    store::catalog::one(&mut tx, service).await?.ok_or(Error::NotFound)?;
    store::offer::set(&mut tx, therapist, service, &terms).await?;
    audit::record(&mut tx, Looked::Changed, Subject::new("offer", therapist.uuid()));
    tx.commit().await?;
    Ok(())
}

/// # Errors
/// `NotFound` for every role but liaison, and for what is not offered.
pub async fn remove_offer(ctx: &Ctx, therapist: TherapistId, service: ServiceId) -> Result<(), Error> {
    role::desk(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if !store::offer::remove(&mut tx, therapist, service).await? {
        return Err(Error::NotFound);
    }
    audit::record(&mut tx, Looked::Changed, Subject::new("offer", therapist.uuid()));
    tx.commit().await?;
    Ok(())
}

/// A service leaves nothing of these to the place below.
fn basics(terms: &OwnTerms) -> Result<Basics, Error> {
    let required = |name: &str| Error::invalid(field(name), "required");
    Ok(Basics {
        minutes: terms.minutes.ok_or_else(|| required("minutes"))?,
        step: terms.step.ok_or_else(|| required("step"))?,
        offset: terms.offset.ok_or_else(|| required("offset"))?,
        before: terms.before.ok_or_else(|| required("before"))?,
        after: terms.after.ok_or_else(|| required("after"))?,
        price: terms.price.ok_or_else(|| required("price"))?,
        mode: terms.mode.ok_or_else(|| required("mode"))?,
        booker: terms.booker.ok_or_else(|| required("booker"))?,
        ages: terms.ages.ok_or_else(|| required("age_from"))?,
    })
}

fn field(name: &str) -> String {
    format!("form[{name}]")
}

fn read(form: &TermsForm) -> Result<OwnTerms, Error> {
    let number = |name: &str, text: &str, least: u16, most: u16| {
        let number = parse::number(&field(name), text, most)?;
        match number {
            Some(number) if number < least => Err(Error::invalid(field(name), "malformed")),
            number => Ok(number),
        }
    };
    let (from, until) = (
        number("age_from", &form.age_from, 0, 150)?,
        number("age_until", &form.age_until, 0, 150)?,
    );
    let ages = match (from, until) {
        (None, None) => None,
        (from, until) => {
            let (from, until) = (from.unwrap_or(Ages::ALL.from), until.unwrap_or(Ages::ALL.until));
            if until < from {
                return Err(Error::invalid(field("age_until"), "empty"));
            }
            Some(Ages { from, until })
        }
    };
    Ok(OwnTerms {
        minutes: number("minutes", &form.minutes, 5, 480)?,
        step: number("step", &form.step, 5, 480)?,
        offset: number("offset", &form.offset, 0, 240)?,
        before: number("before", &form.before, 0, 240)?,
        after: number("after", &form.after, 0, 240)?,
        price: price(&form.price)?,
        mode: code("mode", &form.mode)?,
        booker: code("booker", &form.booker)?,
        ages,
        bounds: Bounds {
            notice: number("notice", &form.notice, 0, 43_200)?.map(u32::from),
            horizon: horizon(form)?,
            limits: Limits {
                day_visits: number("day_visits", &form.day_visits, 0, 100)?,
                day_minutes: number("day_minutes", &form.day_minutes, 0, 1_440)?,
                week_visits: number("week_visits", &form.week_visits, 0, 500)?,
                week_minutes: number("week_minutes", &form.week_minutes, 0, 10_080)?,
            },
        },
    })
}

/// At most one of the three ways to say how far ahead.
fn horizon(form: &TermsForm) -> Result<Option<Horizon>, Error> {
    let days = parse::number(&field("ahead_days"), &form.ahead_days, FARTHEST)?.map(Horizon::Days);
    let work_days = parse::number(&field("ahead_work_days"), &form.ahead_work_days, 262)?.map(Horizon::WorkDays);
    let from = parse::optional_date(&field("open_from"), &form.open_from)?;
    let until = parse::optional_date(&field("open_until"), &form.open_until)?;
    let fixed = match (from, until) {
        (None, None) => None,
        (Some(from), Some(until)) if from <= until => Some(Horizon::Dates { from, until }),
        (Some(_), Some(_)) => return Err(Error::invalid(field("open_until"), "empty")),
        (None, Some(_)) => return Err(Error::invalid(field("open_from"), "required")),
        (Some(_), None) => return Err(Error::invalid(field("open_until"), "required")),
    };
    let said: Vec<Horizon> = [days, work_days, fixed].into_iter().flatten().collect();
    match said[..] {
        [] => Ok(None),
        [Horizon::Days(0) | Horizon::WorkDays(0)] => Err(Error::invalid(field("ahead_days"), "malformed")),
        [one] => Ok(Some(one)),
        _ => Err(Error::invalid(field("ahead_days"), "overlap")),
    }
}

fn code<T: FromStr>(name: &str, text: &str) -> Result<Option<T>, Error> {
    match text.trim() {
        "" => Ok(None),
        text => parse::code(&field(name), text).map(Some),
    }
}

/// Dollars with at most two digits of cents.
fn price(text: &str) -> Result<Option<Money>, Error> {
    let text = text.trim().trim_start_matches('$');
    if text.is_empty() {
        return Ok(None);
    }
    let malformed = || Error::invalid(field("price"), "malformed");
    let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|one| one.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || cents.len() > 2 || !digits(whole) || !digits(cents) {
        return Err(malformed());
    }
    let whole: i64 = whole.parse().map_err(|_| malformed())?;
    let cents: i64 = format!("{cents:0<2}").parse().map_err(|_| malformed())?;
    Ok(Some(Money::usd(whole * 100 + cents)))
}

/// The terms as the form shows them.
pub(super) fn form(terms: &OwnTerms) -> TermsForm {
    fn text<T: ToString>(value: Option<T>) -> String {
        value.map(|value| value.to_string()).unwrap_or_default()
    }
    let (mut ahead_days, mut ahead_work_days, mut fixed) = (None, None, None);
    match terms.bounds.horizon {
        Some(Horizon::Days(days)) => ahead_days = Some(days),
        Some(Horizon::WorkDays(days)) => ahead_work_days = Some(days),
        Some(Horizon::Dates { from, until }) => fixed = Some((from, until)),
        None => {}
    }
    let limits = terms.bounds.limits;
    TermsForm {
        minutes: text(terms.minutes),
        step: text(terms.step),
        offset: text(terms.offset),
        before: text(terms.before),
        after: text(terms.after),
        price: terms.price.map(dollars).unwrap_or_default(),
        mode: text(terms.mode),
        booker: text(terms.booker),
        age_from: text(terms.ages.map(|ages| ages.from)),
        age_until: text(terms.ages.map(|ages| ages.until)),
        notice: text(terms.bounds.notice),
        ahead_days: text(ahead_days),
        ahead_work_days: text(ahead_work_days),
        open_from: text(fixed.map(|(from, _)| from)),
        open_until: text(fixed.map(|(_, until)| until)),
        day_visits: text(limits.day_visits),
        day_minutes: text(limits.day_minutes),
        week_visits: text(limits.week_visits),
        week_minutes: text(limits.week_minutes),
    }
}

fn dollars(price: Money) -> String {
    price.to_string().trim_start_matches('$').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{basics, form, price, read};
    use crate::{Error, api::TermsForm};

    fn plain() -> TermsForm {
        let text = str::to_owned;
        TermsForm {
            minutes: text("45"),
            step: text("60"),
            offset: text("0"),
            before: text("0"),
            after: text("10"),
            price: text("86.50"),
            mode: text("video"),
            booker: text("everybody"),
            age_from: text("0"),
            age_until: text("150"),
            notice: text("120"),
            ahead_work_days: text("10"),
            week_visits: text("20"),
            ..TermsForm::default()
        }
    }

    fn refusal(form: &TermsForm) -> (String, &'static str) {
        match read(form) {
            Err(Error::Invalid { field, code }) => (field, code),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn terms_survive_their_form() {
        let terms = read(&plain()).unwrap();
        assert_eq!(form(&terms), plain());
        assert!(basics(&terms).is_ok());
        assert!(basics(&read(&TermsForm::default()).unwrap()).is_err());
    }

    #[test]
    fn a_wrong_field_is_named() {
        let minutes = TermsForm {
            minutes: "3".into(),
            ..plain()
        };
        assert_eq!(refusal(&minutes), ("form[minutes]".into(), "malformed"));
        let ages = TermsForm {
            age_from: "20".into(),
            age_until: "10".into(),
            ..plain()
        };
        assert_eq!(refusal(&ages), ("form[age_until]".into(), "empty"));
        let twice = TermsForm {
            ahead_days: "30".into(),
            ..plain()
        };
        assert_eq!(refusal(&twice), ("form[ahead_days]".into(), "overlap"));
        let half = TermsForm {
            open_from: "2027-03-01".into(),
            ahead_work_days: String::new(),
            ..plain()
        };
        assert_eq!(refusal(&half), ("form[open_until]".into(), "required"));
    }

    #[test]
    fn prices_are_dollars_and_cents() {
        assert_eq!(price("86.5").unwrap().unwrap().cents(), 8_650);
        assert_eq!(price(" $120 ").unwrap().unwrap().cents(), 12_000);
        assert!(price("86,50").is_err() && price("1.234").is_err() && price("-1").is_err());
    }
}
