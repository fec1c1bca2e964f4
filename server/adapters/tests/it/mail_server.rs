//! An SMTP server on a port of its own. The protocol is the library's; the line is ours, so that it can be cut anywhere.
#![expect(clippy::expect_used, reason = "a set-up that fails must stop the test")]

use mailin::{Action, Handler, Response, SessionBuilder, response};
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What the server does to the next letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Friendly,
    /// 451 to the recipient: try again later.
    Busy,
    /// 550 to the recipient: never.
    NoSuchMailbox,
    /// 552 to the content: never.
    TooBig,
    /// Takes the letter and falls silent before it answers.
    CutAfterData,
    /// Hangs up when the letter begins.
    CutBeforeData,
    /// Answers each line after a while.
    Slow(Duration),
}

/// A letter that the server took.
#[derive(Debug, Clone)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub wire: Vec<u8>,
}

#[derive(Debug, Clone)]
pub struct MailServer {
    pub address: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let server = Self {
            address: listener.local_addr().expect("an address"),
            mood: Arc::new(Mutex::new(Mood::Friendly)),
            taken: Arc::default(),
        };
        let answering = server.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                let server = answering.clone();
                tokio::spawn(async move { server.talk(line).await });
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap_or_else(PoisonError::into_inner) = mood;
    }

    fn mood(&self) -> Mood {
        *self.mood.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What arrived since the last time.
    pub fn take(&self) -> Vec<Taken> {
        std::mem::take(&mut *self.taken.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn talk(self, mut line: TcpStream) -> io::Result<()> {
        let desk = Desk {
            server: self.clone(),
            letter: None,
        };
        let peer = line.peer_addr()?.ip();
        let mut session = SessionBuilder::new("mail.example").build(peer, desk);
        let (read, mut write) = line.split();
        let mut read = BufReader::new(read);
        answer(&mut write, &session.greeting()).await?;
        let mut in_data = false;
        loop {
            let mut said = Vec::new();
            if read.read_until(b'\n', &mut said).await? == 0 {
                return Ok(());
            }
            let begins_data = said.eq_ignore_ascii_case(b"DATA\r\n");
            if begins_data && self.mood() == Mood::CutBeforeData {
                return Ok(());
            }
            let mut response = session.process(&said);
            let ends_data = in_data && said == b".\r\n";
            if ends_data && self.mood() == Mood::TooBig {
                // Said here: the library would take what follows a refused letter for more of it.
                response = Response::custom(552, "Too big".to_owned());
            }
            if ends_data && self.mood() == Mood::CutAfterData {
                return Ok(());
            }
            in_data = (in_data || begins_data) && !ends_data;
            if let (Mood::Slow(pause), false) = (self.mood(), in_data && !begins_data) {
                tokio::time::sleep(pause).await;
            }
            match response.action {
                Action::NoReply => {}
                Action::Close => return answer(&mut write, &response).await,
                Action::Reply | Action::UpgradeTls => answer(&mut write, &response).await?,
            }
        }
    }
}

async fn answer(line: &mut (impl AsyncWriteExt + Unpin), response: &Response) -> io::Result<()> {
    let mut text = Vec::new();
    response.write_to(&mut text)?;
    line.write_all(&text).await
}

/// One conversation.
struct Desk {
    server: MailServer,
    letter: Option<Taken>,
}

impl Handler for Desk {
    fn rcpt(&mut self, _to: &str) -> Response {
        match self.server.mood() {
            Mood::Busy => Response::custom(451, "Later".to_owned()),
            Mood::NoSuchMailbox => response::NO_MAILBOX,
            _ => response::OK,
        }
    }

    fn data_start(&mut self, _domain: &str, from: &str, _is8bit: bool, to: &[String]) -> Response {
        self.letter = Some(Taken {
            from: from.to_owned(),
            to: to.to_vec(),
            wire: Vec::new(),
        });
        response::OK
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(letter) = &mut self.letter {
            letter.wire.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let letter = self.letter.take().filter(|_| self.server.mood() != Mood::TooBig);
        let mut taken = self.server.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.extend(letter);
        response::OK
    }
}
