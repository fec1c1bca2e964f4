//! The parent: starts the child, feeds it, and checks what it says.

pub use super::frame::PageFrame;
use super::frame::{Frame, LARGEST};
use crate::model::{DOCUMENT_PAGES, FileKind, Refusal, TALLEST, WIDTH, sniff};
use bytes::Bytes;
use std::{io, path::PathBuf, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// One page may take so long; a whole document is bounded by the child's own limit on CPU.
const PATIENCE: Duration = Duration::from_mins(1);

/// Which program to start.
#[derive(Debug, Clone)]
pub struct Rasteriser {
    program: PathBuf,
    argument: Option<&'static str>,
}

#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// The child could not be started or fed: a fault of ours, worth another try.
    #[error("rasteriser: {0}")]
    Fault(#[from] io::Error),
}

impl Rasteriser {
    /// This very program with its hidden sub-command `rasterise`.
    ///
    /// # Errors
    /// When the system does not say which program runs.
    pub fn this_program() -> io::Result<Self> {
        Ok(Self {
            program: std::env::current_exe()?,
            argument: Some("rasterise"),
        })
    }

    /// A program that only rasterises, for tests.
    pub fn program(program: PathBuf) -> Self {
        Self {
            program,
            argument: None,
        }
    }

    /// Starts on a document. Nothing of our environment goes along: no address of a database, no path to a key.
    ///
    /// # Errors
    /// `Refused` when the child refuses the document or dies of it; `Fault` when it cannot be started.
    pub async fn open(&self, pdf: Bytes) -> Result<Sheet, RasterError> {
        let mut child = Command::new(&self.program)
            .args(self.argument)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("no pipe to the rasteriser").into());
        };
        // The child reads to the end before it writes. One that dies meanwhile breaks the pipe, and its frames tell.
        tokio::spawn(async move { stdin.write_all(&pdf).await });
        let mut sheet = Sheet {
            _child: child,
            stdout,
            pages: 0,
            sent: 0,
        };
        match sheet.frame().await? {
            Frame::Pages(pages) if (1..=DOCUMENT_PAGES).contains(&pages) => {
                sheet.pages = pages;
                Ok(sheet)
            }
            Frame::Refused(refusal) => Err(RasterError::Refused(refusal)),
            _ => Err(RasterError::Refused(Refusal::Damaged)),
        }
    }
}

/// A document whose pages come one by one. Dropped, its child is killed.
#[derive(Debug)]
pub struct Sheet {
    _child: Child,
    stdout: ChildStdout,
    pages: u32,
    sent: u32,
}

impl Sheet {
    pub const fn pages(&self) -> u32 {
        self.pages
    }

    /// The next page; `None` after the last one.
    ///
    /// # Errors
    /// `Refused` when the child gave up, died, or says what cannot be.
    pub async fn next(&mut self) -> Result<Option<PageFrame>, RasterError> {
        match self.frame().await? {
            Frame::Page(page) if page.page == self.sent + 1 && page.page <= self.pages && is_sound(&page) => {
                self.sent = page.page;
                Ok(Some(page))
            }
            Frame::Done if self.sent == self.pages => Ok(None),
            Frame::Refused(refusal) => Err(RasterError::Refused(refusal)),
            _ => Err(RasterError::Refused(Refusal::Damaged)),
        }
    }

    /// A child that dies by a limit leaves a stream that ends: then the document is at fault, not we.
    async fn frame(&mut self) -> Result<Frame, RasterError> {
        let damaged = || RasterError::Refused(Refusal::Damaged);
        let read = async {
            let length = self.stdout.read_u32().await.ok().filter(|length| *length <= LARGEST)?;
            let mut bytes = vec![0; usize::try_from(length).ok()?];
            self.stdout.read_exact(&mut bytes).await.ok()?;
            postcard::from_bytes(&bytes).ok()
        };
        timeout(PATIENCE, read).await.ok().flatten().ok_or_else(damaged)
    }
}

fn is_sound(page: &PageFrame) -> bool {
    let is_webp = |bytes: &[u8]| sniff(bytes) == Some(FileKind::Webp);
    (1..=WIDTH).contains(&page.width)
        && (1..=WIDTH * TALLEST).contains(&page.height)
        && is_webp(&page.full)
        && is_webp(&page.small)
}
