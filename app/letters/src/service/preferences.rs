//! Which letters somebody wants. They are about themself: no patient's record is touched.

use crate::{
    Error,
    api::{Chosen, KindChoice, ReminderChoice},
    model::{Kind, Reminders, Side},
    service::distances,
    store::{self, preference::Preference},
};
use kernel::{
    Ctx, Role,
    audit::{self, Looked, Subject},
};
use scheduling::{model::Scope, service::rules};

fn side(ctx: &Ctx) -> Result<Side, Error> {
    match ctx.actor.role {
        Role::Patient | Role::Guardian => Ok(Side::Family),
        Role::Therapist => Ok(Side::Therapist),
        Role::Liaison | Role::Partner | Role::Admin => Err(Error::NotFound),
    }
}

/// # Errors
/// `NotFound` for roles that get no letters.
pub async fn my_letters(ctx: &Ctx) -> Result<Chosen, Error> {
    let side = side(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let book = rules::of_everybody(&mut tx, ctx.clock.now()).await?;
    let usual = distances::reminders(&book.at(&Scope::HOUSE));
    let chosen = store::preference::of(&mut tx, &[ctx.actor.account.uuid()]).await?;
    let chosen = chosen.into_iter().next().map(|(_, chosen)| chosen).unwrap_or_default();
    let optional = Kind::optional(side).iter().map(|kind| KindChoice {
        code: kind.to_string(),
        label: kind.label().to_owned(),
        wanted: !chosen.unwanted.contains(kind),
    });
    let reminders = Reminders::choices(side).iter().map(|choice| ReminderChoice {
        code: choice.to_string(),
        label: reminder_label(*choice, side, &usual),
        chosen: *choice == chosen.reminders,
    });
    Ok(Chosen {
        optional: optional.collect(),
        always: Kind::always(side).iter().map(|kind| kind.label().to_owned()).collect(),
        reminders: reminders.collect(),
    })
}

/// Keeps the choice: `wanted` are the codes that were ticked.
///
/// # Errors
/// `Invalid` for a code that is none of this side, `NotFound` for roles that get no letters.
pub async fn save_my_letters(ctx: &Ctx, wanted: &[String], reminders: &str) -> Result<(), Error> {
    let side = side(ctx)?;
    let wrong = |field| Error::Invalid {
        field,
        code: "malformed",
    };
    let reminders: Reminders = reminders.parse().map_err(|_| wrong("reminders"))?;
    if !Reminders::choices(side).contains(&reminders) {
        return Err(wrong("reminders"));
    }
    let optional = Kind::optional(side);
    let known = |code: &String| optional.iter().any(|kind| kind.as_str() == code);
    if !wanted.iter().all(known) {
        return Err(wrong("wanted"));
    }
    let preference = Preference {
        unwanted: optional
            .iter()
            .copied()
            .filter(|kind| wanted.iter().all(|code| code != kind.as_str()))
            .collect(),
        reminders,
    };
    let account = ctx.actor.account;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    store::preference::save(&mut tx, account, &preference, ctx.clock.now()).await?;
    audit::record(
        &mut tx,
        Looked::Changed,
        Subject::new("letter_preference", account.uuid()),
    );
    tx.commit().await?;
    Ok(())
}

/// In numbers, because "as usual" says nothing to somebody who was never reminded.
fn reminder_label(choice: Reminders, side: Side, usual: &[i64]) -> String {
    let minutes = choice.minutes(side, usual);
    let mut parts: Vec<String> = minutes.iter().map(|minutes| distance(*minutes)).collect();
    match parts.pop() {
        None => "None".to_owned(),
        Some(last) if parts.is_empty() => format!("{last} before"),
        Some(last) => format!("{} and {last} before", parts.join(", ")),
    }
}

/// "2 days", "24 hours", "90 minutes"
fn distance(minutes: i64) -> String {
    let (count, unit) = match minutes {
        minutes if minutes % 1440 == 0 && minutes > 1440 => (minutes / 1440, "day"),
        minutes if minutes % 60 == 0 => (minutes / 60, "hour"),
        minutes => (minutes, "minute"),
    };
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{s}")
}

#[cfg(test)]
mod tests {
    use super::{Reminders, Side, distance, reminder_label};

    #[test]
    fn distances_read_as_people_say_them() {
        assert_eq!(
            [2880, 1440, 60, 90].map(distance),
            ["2 days", "24 hours", "1 hour", "90 minutes"]
        );
        let label = |choice| reminder_label(choice, Side::Family, &[1440, 60]);
        assert_eq!(label(Reminders::Three), "2 days, 24 hours and 1 hour before");
        assert_eq!(label(Reminders::Hour), "1 hour before");
        assert_eq!(label(Reminders::None), "None");
        assert_eq!(reminder_label(Reminders::Usual, Side::Therapist, &[60]), "None");
    }
}
