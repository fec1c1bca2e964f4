//! Moving by hand: the server is asked, and what it refuses goes back to its place with the reason.

use crate::{
    api::{
        self,
        view::{MoveAnswer, MovedView, SlotView},
    },
    model::MoveReason,
    ui::words,
};
use chrono::{DateTime, SecondsFormat, Utc};
use kernel::{ApiError, IdempotencyKey, TherapistId, VisitId};
use kit::prelude::*;
use leptos::prelude::*;
use uuid::Uuid;

/// What is asked of the server. Either an instant, or a date and a clock reading in the zone of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub visit: VisitId,
    pub starts: String,
    pub date: String,
    pub clock: String,
    pub therapist: Option<TherapistId>,
    pub key: IdempotencyKey,
    /// Whom it concerns, for the sentences.
    pub who: String,
}

/// Why the last move came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    text: String,
    /// The same wish for the free times nearest to it.
    instead: Vec<(String, Wish)>,
}

/// The moves of one page. Copy it into handlers.
#[derive(Clone, Copy)]
pub struct Mover {
    pub asking: RwSignal<Option<GridMove>>,
    pub refused: RwSignal<Option<String>>,
    pub focus: RwSignal<Option<String>>,
    /// Grows with each move: what depends on it is loaded anew.
    pub version: RwSignal<u32>,
    problem: RwSignal<Option<Problem>>,
    reason: RwSignal<String>,
    undo: RwSignal<Option<Wish>>,
    toasts: Toasts,
}

impl Mover {
    pub fn new() -> Self {
        Self {
            asking: RwSignal::new(None),
            refused: RwSignal::new(None),
            focus: RwSignal::new(None),
            version: RwSignal::new(0),
            problem: RwSignal::new(None),
            reason: RwSignal::new(MoveReason::PatientAsked.as_str().to_owned()),
            undo: RwSignal::new(None),
            toasts: use_toasts(),
        }
    }

    /// A fresh page shows where things are now.
    pub fn settled(self) {
        self.asking.set(None);
    }

    pub fn ask(self, shown: Option<GridMove>, wish: Wish) {
        let reason = self.reason.get_untracked();
        self.send(shown, wish, reason);
    }

    pub fn undo(self) {
        if let Some(wish) = self.undo.get_untracked() {
            self.undo.set(None);
            self.send(None, wish, MoveReason::Undo.as_str().to_owned());
        }
    }

    fn send(self, shown: Option<GridMove>, wish: Wish, reason: String) {
        // One at a time: the page that answers it has the next key.
        if self.asking.with_untracked(Option::is_some) {
            return;
        }
        self.refused.set(None);
        self.problem.set(None);
        self.asking.set(shown);
        leptos::task::spawn_local(async move {
            let asked = wish.clone();
            let answer = api::move_visit(
                asked.visit,
                asked.starts,
                asked.date,
                asked.clock,
                asked.therapist,
                reason.clone(),
                String::new(),
                String::new(),
                String::new(),
                asked.key,
            )
            .await;
            match answer {
                Ok(MoveAnswer::Moved(moved)) => self.moved(&wish, &moved, reason == MoveReason::Undo.as_str()),
                Ok(MoveAnswer::Refused { code, nearest }) => self.refuse(&wish, &ApiError::refused(&code), &nearest),
                Err(error) => self.refuse(&wish, &error, &[]),
            }
        });
    }

    fn moved(self, wish: &Wish, moved: &MovedView, was_undo: bool) {
        self.focus.set(Some(wish.visit.to_string()));
        self.version.update(|version| *version = version.wrapping_add(1));
        if was_undo {
            self.toasts
                .say(Tone::Good, format!("{} is back where it was.", wish.who));
            return;
        }
        self.undo.set(Some(back(wish, moved)));
        let text = format!("{} is moved, and told of it.", wish.who);
        self.toasts.say_with_undo(text, Callback::new(move |()| self.undo()));
    }

    fn refuse(self, wish: &Wish, error: &ApiError, nearest: &[SlotView]) {
        self.asking.set(None);
        self.refused.set(Some(wish.visit.to_string()));
        self.focus.set(Some(wish.visit.to_string()));
        self.problem.set(Some(Problem {
            text: format!("{} stays where it was. {}", wish.who, reason_of(error)),
            instead: nearest.iter().map(|slot| instead(wish, slot)).collect(),
        }));
    }
}

fn reason_of(error: &ApiError) -> String {
    match error {
        // These times are not on the page: they follow as buttons.
        ApiError::Refused(code) if code == "slot_taken" => "Something else is there.".to_owned(),
        ApiError::Invalid(fields) => fields
            .first()
            .map(|field| words::field(&field.code).to_owned())
            .unwrap_or_default(),
        error => words::error(error).to_owned(),
    }
}

fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The way back is a request of its own, with a key that follows from the first one's: a second press acts once.
fn back(wish: &Wish, moved: &MovedView) -> Wish {
    Wish {
        starts: rfc3339(moved.previous),
        date: String::new(),
        clock: String::new(),
        therapist: Some(moved.previous_therapist),
        key: IdempotencyKey::new(Uuid::from_u128(wish.key.uuid().as_u128() ^ 1)),
        ..wish.clone()
    }
}

fn instead(wish: &Wish, slot: &SlotView) -> (String, Wish) {
    let wish = Wish {
        starts: rfc3339(slot.starts),
        date: String::new(),
        clock: String::new(),
        ..wish.clone()
    };
    (format!("{}, {}", slot.day, slot.clock), wish)
}

/// What came back, and the free times near it.
#[component]
pub fn MoveProblem(mover: Mover) -> impl IntoView {
    move || {
        mover.problem.get().map(|problem| {
            let times = problem
                .instead
                .into_iter()
                .map(|(words, wish)| {
                    view! {
                        <Button kind=ButtonKind::Time on_press=move || mover.ask(None, wish.clone())>{words}</Button>
                    }
                })
                .collect_view();
            view! { <Banner tone=Tone::Warn alert=true text=problem.text>{times}</Banner> }
        })
    }
}

/// Why visits move, while one moves them: it goes into their history. Shown once the page can move anything.
#[component]
pub fn MoveReasonChoice(mover: Mover) -> impl IntoView {
    let live = use_hydrated();
    let options: Vec<(String, String)> = words::STAFF_MOVES
        .iter()
        .map(|reason| (reason.as_str().to_owned(), words::move_reason(*reason).to_owned()))
        .collect();
    move || {
        live.get().then(|| {
            view! {
                <Select name="reason" label="Reason when you move a visit" options=options.clone()
                    value=mover.reason.get_untracked() on_change=Callback::new(move |reason| mover.reason.set(reason))/>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Wish, back, instead, reason_of};
    use crate::{api::view::MovedView, ui::testing::slot};
    use kernel::{ApiError, IdempotencyKey, TherapistId, VisitId};
    use uuid::Uuid;

    fn wish() -> Wish {
        Wish {
            visit: VisitId::new(Uuid::from_u128(4)),
            starts: String::new(),
            date: "2026-11-24".to_owned(),
            clock: "10:15".to_owned(),
            therapist: None,
            key: IdempotencyKey::new(Uuid::from_u128(8)),
            who: "Ana Example".to_owned(),
        }
    }

    #[test]
    fn the_way_back_names_the_instant_and_has_its_own_key() {
        let moved = MovedView {
            previous: "2026-11-24T16:00:00Z".parse().unwrap(),
            previous_therapist: TherapistId::new(Uuid::from_u128(1)),
            overbooked: false,
        };
        let back = back(&wish(), &moved);
        assert_eq!((back.starts.as_str(), back.date.as_str()), ("2026-11-24T16:00:00Z", ""));
        assert_ne!(back.key, wish().key);
        assert_eq!(back.therapist, Some(moved.previous_therapist));
    }

    #[test]
    fn a_refusal_offers_the_nearest_times_and_says_why() {
        let (words, instead) = instead(&wish(), &slot("2026-11-24T16:45:00Z"));
        assert_eq!(
            (words.as_str(), instead.starts.as_str()),
            ("Tue 24 Nov, 10:45", "2026-11-24T16:45:00Z")
        );
        assert_eq!(reason_of(&ApiError::refused("slot_taken")), "Something else is there.");
        assert!(!reason_of(&ApiError::field("date", "in_the_past")).is_empty());
    }
}
