//! Sending a feed: a thread reads it, record by record, and what it has read is sent meanwhile.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::Path,
    thread,
    time::Duration,
};

use advisories::{
    Skipped,
    begun::{self, Begun, Likeness},
    input::{
        Broken,
        raw::{self, Raw},
    },
};
use client::{Client, Pieces, upload};
use proto_types::{CompleteLine, FeedImported, ImportFeed, SkippedLine, SkippedPart};

use crate::error::{CliError, Result};

/// How long the server may take for all of it.
const PATIENCE: Duration = Duration::from_secs(3600);
/// Bytes that are sent at a time.
const PIECE: usize = 256 << 10;

/// Sends what a path has, or standard input where it is `-`, and whether that is all that its source has.
pub(super) async fn send(
    path: &str,
    complete: bool,
    request: &ImportFeed,
    client: &Client,
) -> Result<FeedImported> {
    check_there(path)?;
    let (pieces, body) = upload();
    let of = path.to_owned();
    let reading = thread::spawn(move || read(&of, complete, pieces));
    let answer = client.upload(request, body, PATIENCE).await;
    // Where the server has answered or is gone, reading has ended or ends with its next piece.
    let read = reading.join();
    match read {
        Ok(Err(broken)) => Err(unreadable(path, &broken)),
        Ok(Ok(())) => Ok(answer?),
        Err(_) => Err(CliError::failed(format!("reading `{path}` failed"))),
    }
}

fn check_there(path: &str) -> Result<()> {
    if path == "-" {
        return match io::stdin().is_terminal() {
            true => Err(
                CliError::failed("`-` reads standard input, which is a terminal")
                    .hint("pipe advisories into it: `unzip -p Debian.zip | assetctl advisories import - --source Debian`"),
            ),
            false => Ok(()),
        };
    }
    let there = Path::new(path).metadata();
    there.map(drop).map_err(|error| {
        CliError::failed(format!("cannot read advisories: {path}"))
            .because(error)
            .hint("give a file, a folder, an archive, or `-` for standard input")
    })
}

/// Reads all of it. What it holds goes on its way as it is; the server reads the records.
fn read(path: &str, complete: bool, pieces: Pieces) -> std::result::Result<(), Broken> {
    let mut sender = Sender {
        pieces,
        waiting: Vec::with_capacity(PIECE),
        is_heard: true,
    };
    let read = read_into(path, &mut sender);
    match read {
        Ok(()) => {
            if complete {
                let line = serde_json::to_vec(&CompleteLine { complete });
                sender.waiting.extend(line.unwrap_or_default());
                sender.waiting.push(b'\n');
            }
            sender.flush();
            Ok(())
        }
        // The server's answer says why.
        Err(_) if !sender.is_heard => Ok(()),
        Err(broken) => {
            sender.pieces.break_off();
            Err(broken)
        }
    }
}

fn read_into(path: &str, sender: &mut Sender) -> std::result::Result<(), Broken> {
    let unreadable = |error| Broken::Io {
        place: path.to_owned(),
        error,
    };
    if path == "-" {
        let input = Begun::new(io::stdin().lock()).map_err(unreadable)?;
        return match input.likeness() {
            Some(Likeness::Epss) => sender.copy(input).map_err(unreadable),
            _ => raw::stream(input, "standard input", |raw| sender.take(&raw)),
        };
    }
    let path = Path::new(path);
    match begun::of_file(path) {
        Some(Likeness::Epss) => {
            let file = File::open(path).map_err(unreadable)?;
            sender.copy(file).map_err(unreadable)
        }
        _ => raw::path(path, |raw| sender.take(&raw)),
    }
}

/// What was read and is to be sent.
struct Sender {
    pieces: Pieces,
    waiting: Vec<u8>,
    is_heard: bool,
}

impl Sender {
    fn take(&mut self, raw: &Raw<'_>) -> std::result::Result<(), Broken> {
        match raw {
            Raw::Json { json, .. } => self.waiting.extend_from_slice(json),
            Raw::Skipped(skipped) => self.waiting.extend(line(skipped)),
        }
        self.waiting.push(b'\n');
        if self.waiting.len() >= PIECE {
            self.flush();
        }
        match self.is_heard {
            true => Ok(()),
            false => Err(Broken::Stopped("the server has answered".to_owned())),
        }
    }

    /// Sends something as it is: the server reads it.
    fn copy(&mut self, mut input: impl Read) -> io::Result<()> {
        while self.is_heard {
            let mut piece = Vec::with_capacity(PIECE);
            input.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
            if piece.is_empty() {
                break;
            }
            self.waiting = piece;
            self.flush();
        }
        Ok(())
    }

    fn flush(&mut self) {
        let piece = std::mem::replace(&mut self.waiting, Vec::with_capacity(PIECE));
        self.is_heard = self.pieces.send(piece).is_ok();
    }
}

/// The line that counts something that was skipped.
fn line(skipped: &Skipped) -> Vec<u8> {
    let skipped = SkippedPart {
        reason: skipped.reason.to_string(),
        of: skipped.of.clone(),
        detail: skipped.detail.clone(),
    };
    serde_json::to_vec(&SkippedLine { skipped }).unwrap_or_default()
}

fn unreadable(path: &str, broken: &Broken) -> CliError {
    CliError::failed(format!("cannot import `{path}`: {broken}"))
        .hint("nothing of it was imported; earlier imports are unchanged")
}
