//! The words of each letter. They tell asked from agreed (G4) and say when, and nothing of whom or why: a mail is read on locked
//! screens and by whoever runs the servers between.

use super::{Kind, Side};

/// What a letter may speak of: times as the reader's wall clock shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spoken {
    /// "Tue 24 Nov, 10:00"
    pub start: String,
    /// "Tue 24 Nov, 10:00 to 10:45 (Chicago, Central)"
    pub whole: String,
    /// "Mon 23 Nov, 17:00": until when something waits.
    pub until: Option<String>,
    /// For a letter about several visits: each of them as `whole` has it, in order.
    pub all: Vec<String>,
}

/// A letter without its link and small print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub subject: String,
    pub lines: Vec<String>,
    /// What the link is called.
    pub link: &'static str,
}

fn letter(subject: String, lines: &[&str], link: &'static str) -> Wording {
    Wording {
        subject,
        lines: lines.iter().map(ToString::to_string).collect(),
        link,
    }
}

/// What becomes of several visits: how many and from when in the subject, then each of them on its own line.
fn of_many(what: &str, spoken: &Spoken, before: &str, after: &str) -> Wording {
    let visits = match spoken.all.len() {
        1 => "1 visit".to_owned(),
        more => format!("{more} visits"),
    };
    let mut lines = vec![before.to_owned()];
    lines.extend(spoken.all.iter().cloned());
    if !after.is_empty() {
        lines.push(after.to_owned());
    }
    Wording {
        subject: format!("{what}: {visits} from {}", spoken.start),
        lines,
        link: "Open the first of them",
    }
}

/// The words of one letter.
#[expect(clippy::too_many_lines, reason = "one arm a letter: a table in code")]
pub fn wording(kind: Kind, side: Side, spoken: &Spoken) -> Wording {
    let Spoken {
        start, whole, until, ..
    } = spoken;
    let until = |before: &str| {
        until
            .as_ref()
            .map_or_else(String::new, |until| format!("{before} {until}."))
    };
    match kind {
        Kind::RequestReceived => {
            let answer = until("Our team answers by");
            letter(
                format!("Requested: {start}"),
                &[
                    &format!("Requested. {whole} is kept for you. {answer}"),
                    "It is not confirmed yet: we write again when it is.",
                ],
                "See your request",
            )
        }
        Kind::RequestDeclined => letter(
            format!("Not possible: {start}"),
            &[
                &format!("We could not agree to your request for {whole}. The time is no longer kept."),
                "What our team wrote to you is on the page.",
            ],
            "See your request",
        ),
        Kind::RequestExpired => letter(
            format!("Your request for {start} has run out"),
            &[
                &format!("Nobody answered in time, and {whole} is no longer kept for you. There is no visit."),
                "You can choose a time again.",
            ],
            "See your request",
        ),
        Kind::TimeGone => letter(
            format!("Time gone: {start}"),
            &[
                &format!("The calendar changed and {whole} is not possible. Nothing was confirmed."),
                "Choose another time, or wait for our team.",
            ],
            "See your request",
        ),
        Kind::QuestionAsked => letter(
            "A question about your request".to_owned(),
            &[
                &format!(
                    "Requested. Our team has a question before it answers your request for {whole}. {}",
                    until("The time is kept until")
                ),
                "The question is on the page.",
            ],
            "Read and answer",
        ),
        Kind::TimesProposed => letter(
            "Other times are proposed to you".to_owned(),
            &[
                &format!(
                    "We propose other times. They are kept for you. {}",
                    until("Choose until")
                ),
                "Nothing is confirmed until you choose one.",
            ],
            "See the times",
        ),
        Kind::TimeOffered => letter(
            format!("A time is free: {start}"),
            &[
                &format!("{whole} is free and kept for you. {}", until("Take it until")),
                "Nothing changes unless you take it. If you let it pass, you stay on the waiting list.",
            ],
            "See the time",
        ),
        Kind::VisitConfirmed => letter(
            format!("Confirmed: {start}"),
            &[&format!("Confirmed. You have a visit on {whole}.")],
            "Open your visit",
        ),
        Kind::NewVisit => letter(
            format!("New visit: {start}"),
            &[&format!("Confirmed. You have a new visit on {whole}.")],
            "Open the visit",
        ),
        Kind::VisitMoved => letter(
            format!("Moved: {start}"),
            &[
                &format!("Your visit has changed. It is confirmed for {whole}."),
                "The earlier time no longer counts.",
            ],
            "Open your visit",
        ),
        Kind::VisitCancelled => letter(
            format!("Cancelled: {start}"),
            &[&format!("Cancelled. Your visit on {whole} does not take place.")],
            match side {
                Side::Family => "See what was cancelled",
                Side::Therapist => "Open your calendar entry",
            },
        ),
        Kind::Reminder => letter(
            format!("You have a visit on {start}"),
            &[&format!("You have a visit on {whole}.")],
            "Open your visit",
        ),
        Kind::ConfirmNudge => letter(
            "A visit waits for your confirmation".to_owned(),
            &[&format!(
                "The visit on {whole} is over, and nobody has said what became of it."
            )],
            "Say what became of it",
        ),
        Kind::SeriesConfirmed => of_many("Confirmed", spoken, "Confirmed. You have these visits:", ""),
        Kind::NewSeries => of_many("New", spoken, "Confirmed. You have these new visits:", ""),
        Kind::SeriesMoved => of_many(
            "Moved",
            spoken,
            "Your visits have changed. Confirmed are now:",
            "The earlier times no longer count.",
        ),
        Kind::SeriesCancelled => of_many("Cancelled", spoken, "Cancelled. These visits do not take place:", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Side, Spoken, wording};

    fn spoken() -> Spoken {
        Spoken {
            start: "Tue 24 Nov, 10:00".to_owned(),
            whole: "Tue 24 Nov, 10:00 to 10:45 (Chicago, Central)".to_owned(),
            until: Some("Mon 23 Nov, 17:00".to_owned()),
            all: vec!["Tue 24 Nov, 10:00 to 10:45 (Chicago, Central)".to_owned(); 52],
        }
    }

    fn every_letter() -> impl Iterator<Item = (Kind, String)> {
        Kind::ALL.into_iter().flat_map(|kind| {
            [Side::Family, Side::Therapist].map(|side| {
                let wording = wording(kind, side, &spoken());
                (
                    kind,
                    format!("{} {} {}", wording.subject, wording.lines.join(" "), wording.link),
                )
            })
        })
    }

    #[test]
    fn only_what_is_agreed_is_called_confirmed() {
        for (kind, text) in every_letter() {
            let says = text.contains("Confirmed") || text.contains("It is confirmed for");
            let agreed = matches!(
                kind,
                Kind::VisitConfirmed
                    | Kind::NewVisit
                    | Kind::VisitMoved
                    | Kind::SeriesConfirmed
                    | Kind::NewSeries
                    | Kind::SeriesMoved
            );
            assert_eq!(says, agreed, "{kind}: {text}");
        }
    }

    #[test]
    fn no_letter_says_what_the_house_is_for() {
        let words = [
            "therap", "patient", "child", "health", "care", "clinic", "treat", "session", "diagnos", "doctor", "video",
            "counsel", "psych", "slot", "hold",
        ];
        for (kind, text) in every_letter() {
            let text = text.to_lowercase();
            for word in words {
                assert!(!text.contains(word), "{kind} says {word}: {text}");
            }
        }
    }

    #[test]
    fn subjects_fit_on_a_small_screen() {
        for kind in Kind::ALL {
            let subject = wording(kind, Side::Family, &spoken()).subject;
            assert!(subject.chars().count() <= 60, "{subject}");
        }
    }
}
