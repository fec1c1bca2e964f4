//! The tray: every file on its way, with percent, check and result. Pure: the page shows what this says.

use crate::{
    api::view::ItemView,
    model::{ItemId, ItemKind, ItemState, Refusal},
};

/// A file of this page, as far as this page moves it. Once it is sent, the server's word counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Local {
    pub key: u32,
    pub file: String,
    pub bytes: u64,
    pub sent: u64,
    pub kind: Option<ItemKind>,
    /// Known once the server agreed to take it.
    pub item: Option<ItemId>,
    pub stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files go one after the other.
    Queued,
    Sending,
    Paused,
    /// The line broke and did not come back.
    Broken,
    /// All bytes are there.
    Sent,
    Refused(Refusal),
    /// The sign-in ended, or a fault of ours.
    Failed,
}

/// What a person may do with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Pause,
    GoOn,
    None,
}

/// A line of the tray.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Of this page's own upload.
    pub local: Option<u32>,
    pub item: Option<ItemId>,
    /// The server holds something that dismissing must remove.
    pub on_server: bool,
    pub name: String,
    pub words: String,
    /// 0 to 100 while there is something to wait for.
    pub percent: Option<u32>,
    pub act: Act,
    pub removable: bool,
    pub tone: Outcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Open,
    Done,
    NotTaken,
}

impl Line {
    /// Stays the same while the line lives.
    pub fn key(&self) -> String {
        match (self.local, self.item) {
            (Some(key), _) => format!("here {key}"),
            (None, Some(item)) => item.to_string(),
            (None, None) => String::new(),
        }
    }
}

/// The tray: uploads of this page first, then what an earlier page left.
pub fn lines(uploads: &[Local], items: &[ItemView]) -> Vec<Line> {
    let known = |local: &Local| items.iter().find(|item| Some(item.id) == local.item);
    let own = uploads.iter().map(|local| own_line(local, known(local)));
    let left = items
        .iter()
        .filter(|item| item.state != ItemState::Ready && !uploads.iter().any(|local| local.item == Some(item.id)))
        .map(left_line);
    own.chain(left).collect()
}

/// Whole percent, rounded down: 100 means done.
pub fn percent(part: u64, whole: u64) -> u32 {
    part.saturating_mul(100)
        .checked_div(whole)
        .and_then(|share| u32::try_from(share.min(100)).ok())
        .unwrap_or(0)
}

fn own_line(local: &Local, known: Option<&ItemView>) -> Line {
    let share = percent(local.sent, local.bytes);
    let (words, percent, act, tone) = match local.stage {
        Stage::Queued => (
            "Waiting for the file before it".to_owned(),
            Some(0),
            Act::None,
            Outcome::Open,
        ),
        Stage::Sending => (format!("{share} %"), Some(share), Act::Pause, Outcome::Open),
        Stage::Paused => (format!("Paused at {share} %"), Some(share), Act::GoOn, Outcome::Open),
        Stage::Broken => (
            format!("The upload stopped at {share} %. Press Go on to send the rest."),
            Some(share),
            Act::GoOn,
            Outcome::Open,
        ),
        Stage::Failed => (
            format!("The upload stopped at {share} %. Sign in again, then press Go on to send the rest."),
            Some(share),
            Act::GoOn,
            Outcome::Open,
        ),
        Stage::Refused(refusal) => (
            refusal.sentence(&local.file, local.kind, local.bytes),
            None,
            Act::None,
            Outcome::NotTaken,
        ),
        Stage::Sent => sent(&local.file, local.bytes, known),
    };
    Line {
        local: Some(local.key),
        item: local.item,
        on_server: tone != Outcome::Done && local.item.is_some(),
        name: local.file.clone(),
        words,
        percent,
        act,
        removable: local.stage != Stage::Sent || tone != Outcome::Open,
        tone,
    }
}

/// All bytes are on the server: its check decides.
fn sent(file: &str, bytes: u64, known: Option<&ItemView>) -> (String, Option<u32>, Act, Outcome) {
    match known.map(|item| (item.state, item.kind)) {
        Some((ItemState::Ready, _)) => ("Done".to_owned(), None, Act::None, Outcome::Done),
        Some((ItemState::Refused(refusal), kind)) => (
            refusal.sentence(file, Some(kind), bytes),
            None,
            Act::None,
            Outcome::NotTaken,
        ),
        Some((ItemState::Checking { done, all }, _)) => (
            checking(done, all),
            Some(percent(done.into(), all.into())),
            Act::None,
            Outcome::Open,
        ),
        Some((ItemState::Uploading { .. }, _)) | None => (checking(0, 1), Some(0), Act::None, Outcome::Open),
    }
}

fn checking(done: u32, all: u32) -> String {
    if all > 1 {
        format!("Checking, {done} of {all} pages")
    } else {
        "Checking".to_owned()
    }
}

fn left_line(item: &ItemView) -> Line {
    let (words, percent, tone) = if let ItemState::Uploading { received, bytes } = item.state {
        let share = percent(received, bytes);
        let words = format!("The upload stopped at {share} %. Choose the same file again to send the rest.");
        (words, Some(share), Outcome::Open)
    } else {
        let (words, percent, _, tone) = sent(&item.name, item.bytes, Some(item));
        (words, percent, tone)
    };
    Line {
        local: None,
        item: Some(item.id),
        on_server: true,
        name: item.name.clone(),
        words,
        percent,
        act: Act::None,
        removable: !item.state.is_moving(),
        tone,
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, Local, Outcome, Stage, lines, percent};
    use crate::{
        api::view::ItemView,
        model::{ItemId, ItemKind, ItemState, Refusal},
    };
    use kernel::__uuid::Uuid;

    fn id(n: u128) -> ItemId {
        ItemId::new(Uuid::from_u128(n))
    }

    fn local(stage: Stage) -> Local {
        Local {
            key: 1,
            file: "winter.mp4".to_owned(),
            bytes: 200,
            sent: 125,
            kind: Some(ItemKind::Video),
            item: Some(id(1)),
            stage,
        }
    }

    fn item(n: u128, state: ItemState) -> ItemView {
        ItemView {
            id: id(n),
            name: "winter".to_owned(),
            kind: ItemKind::Document,
            state,
            bytes: 200,
            width: 0,
            height: 0,
            pages: 0,
            duration_ms: 0,
        }
    }

    #[test]
    fn a_broken_upload_says_where_and_what_to_do() {
        let line = &lines(&[local(Stage::Broken)], &[])[0];
        assert_eq!(line.words, "The upload stopped at 62 %. Press Go on to send the rest.");
        assert_eq!((line.act, line.percent), (Act::GoOn, Some(62)));
    }

    #[test]
    fn a_refusal_before_the_first_byte_names_file_and_limit() {
        let mut refused = local(Stage::Refused(Refusal::TooLarge));
        refused.bytes = 640_000_000;
        let line = &lines(&[refused], &[])[0];
        assert_eq!(
            line.words,
            "winter.mp4 has 640 MB; 500 MB is the limit. Choose a shorter or smaller file."
        );
        assert_eq!(line.tone, Outcome::NotTaken);
    }

    #[test]
    fn once_sent_the_server_decides() {
        let sent = local(Stage::Sent);
        let line = |state| lines(std::slice::from_ref(&sent), &[item(1, state)]).remove(0);
        assert_eq!(
            line(ItemState::Checking { done: 3, all: 12 }).words,
            "Checking, 3 of 12 pages"
        );
        assert!(!line(ItemState::Checking { done: 3, all: 12 }).removable);
        assert_eq!(line(ItemState::Ready).tone, Outcome::Done);
        assert!(
            !line(ItemState::Ready).on_server,
            "dismissing a done line must not delete the file"
        );
        assert_eq!(line(ItemState::Refused(Refusal::Damaged)).tone, Outcome::NotTaken);
        assert_eq!(lines(std::slice::from_ref(&sent), &[])[0].words, "Checking");
    }

    #[test]
    fn what_an_earlier_page_left_is_shown_too_but_not_twice() {
        let left = ItemState::Uploading {
            received: 50,
            bytes: 200,
        };
        let all = lines(
            &[local(Stage::Sending)],
            &[item(1, left), item(2, left), item(3, ItemState::Ready)],
        );
        assert_eq!(all.len(), 2);
        assert_eq!(
            all[1].words,
            "The upload stopped at 25 %. Choose the same file again to send the rest."
        );
        assert!(all[1].on_server && all[1].removable);
    }

    #[test]
    fn percent_is_never_rounded_up_to_done() {
        assert_eq!((percent(999, 1000), percent(1000, 1000), percent(1, 0)), (99, 100, 0));
    }
}
