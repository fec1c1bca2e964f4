//! Letters into a folder, one `.eml` file each: where no server is set, nothing leaves the machine, and `/dev/mail` shows what
//! would have.

use super::mime;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use letters::ports::{Letter, Post, Undelivered};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use std::{
    io,
    path::{Path, PathBuf},
};
use tokio::fs;
use uuid::Uuid;

/// More than anybody scrolls through.
const SHOWN: usize = 200;

#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    pub const fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    fn file(&self, letter: Uuid) -> PathBuf {
        self.0.join(format!("{letter}.eml"))
    }
}

#[async_trait]
impl Post for Folder {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let wire = mime::message(letter)?.formatted();
        keep(&self.0, &self.file(letter.id), &wire).await.map_err(|error| {
            tracing::warn!(%error, "the mail folder takes nothing");
            Undelivered::Later {
                code: "folder".to_owned(),
            }
        })
    }
}

/// Whole or not at all: a reader never meets half a letter.
async fn keep(folder: &Path, file: &Path, wire: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder).await?;
    let unfinished = file.with_extension("part");
    fs::write(&unfinished, wire).await?;
    fs::rename(unfinished, file).await
}

/// A letter as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub letter: Uuid,
    pub at: Option<DateTime<Utc>>,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The method of the calendar part and its text.
    pub calendar: Option<(String, String)>,
}

impl Folder {
    /// The letters of the folder, the newest first. Ids sort by time, so names are all that is looked at before the cut.
    ///
    /// # Errors
    /// When the folder cannot be read; one that does not exist is empty.
    pub async fn list(&self) -> io::Result<Vec<Sent>> {
        let mut letters = self.names().await?;
        letters.sort_unstable_by(|a, b| b.cmp(a));
        letters.truncate(SHOWN);
        let mut list = Vec::with_capacity(letters.len());
        for letter in letters {
            list.extend(self.read(letter).await?);
        }
        list.sort_by_key(|sent| std::cmp::Reverse((sent.at, sent.letter)));
        Ok(list)
    }

    async fn names(&self) -> io::Result<Vec<Uuid>> {
        let mut entries = match fs::read_dir(&self.0).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut names = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".eml"));
            names.extend(id.and_then(|id| id.parse::<Uuid>().ok()));
        }
        Ok(names)
    }

    /// One letter; `None` when there is none of that id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn read(&self, letter: Uuid) -> io::Result<Option<Sent>> {
        match fs::read(self.file(letter)).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            wire => Ok(parse(letter, &wire?)),
        }
    }
}

fn parse(letter: Uuid, wire: &[u8]) -> Option<Sent> {
    let message = MessageParser::default().parse(wire)?;
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address());
    Some(Sent {
        letter,
        at: message
            .date()
            .and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
        to: to.unwrap_or_default().to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
        calendar: calendar(&message),
    })
}

fn calendar(message: &Message<'_>) -> Option<(String, String)> {
    message.parts.iter().find_map(|part| {
        let kind = part.content_type().filter(|kind| kind.subtype() == Some("calendar"))?;
        let method = kind.attribute("method").unwrap_or_default().to_owned();
        match &part.body {
            PartType::Text(text) => Some((method, text.to_string())),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                Some((method, String::from_utf8_lossy(bytes).into_owned()))
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::Folder;
    use crate::mail::mime::tests::letter;
    use letters::ports::Post;
    use uuid::Uuid;

    #[tokio::test]
    async fn a_letter_in_the_folder_reads_as_it_was_written() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().join("mail"));
        assert!(
            folder.list().await.unwrap().is_empty(),
            "a folder that is not there is empty"
        );
        let mut sent = letter();
        sent.text = "Confirmed. Tue 24 Nov, 10:00 to 10:45 (São Paulo)\r\n".to_owned();
        folder.send(&sent).await.unwrap();
        folder.send(&sent).await.unwrap();
        let list = folder.list().await.unwrap();
        assert_eq!(list.len(), 1, "one id is one file");
        let read = &list[0];
        assert_eq!(
            (read.to.as_str(), read.subject.as_str()),
            ("ana@demo.example", sent.subject.as_str())
        );
        assert_eq!(read.text.trim(), sent.text.trim());
        assert_eq!(read.html.trim(), sent.html.trim());
        let calendar = sent.calendar.unwrap();
        let (method, text) = read.calendar.clone().unwrap();
        assert_eq!((method.as_str(), text.trim()), (calendar.method, calendar.text.trim()));
        assert!(folder.read(Uuid::from_u128(8)).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn other_files_of_the_folder_are_no_letters() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("notes.txt"), "x").unwrap();
        std::fs::write(place.path().join("letter.eml"), "x").unwrap();
        assert!(Folder::new(place.path().to_owned()).list().await.unwrap().is_empty());
    }
}
