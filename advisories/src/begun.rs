//! What an input is by how it begins, whatever it is called.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use flate2::read::MultiGzDecoder;

/// So many bytes are looked at.
const START: u64 = 4096;
/// How what is packed by gzip begins.
const PACKED: [u8; 2] = [0x1f, 0x8b];

/// Something that is no list of advisories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// CISA's catalog of vulnerabilities that are exploited.
    Kev,
    /// FIRST's table of how likely vulnerabilities are to be exploited.
    Epss,
}

/// An input whose beginning was looked at. Reading it reads all of it.
pub struct Begun<R> {
    start: io::Cursor<Vec<u8>>,
    rest: R,
}

impl<R: Read> Begun<R> {
    /// Reads the beginning of an input.
    ///
    /// # Errors
    /// It can't be read.
    pub fn new(mut input: R) -> io::Result<Self> {
        let mut start = Vec::new();
        input.by_ref().take(START).read_to_end(&mut start)?;
        Ok(Self {
            start: io::Cursor::new(start),
            rest: input,
        })
    }

    /// How it begins.
    #[must_use]
    pub fn start(&self) -> &[u8] {
        self.start.get_ref()
    }

    /// Whether it is packed by gzip.
    #[must_use]
    pub fn is_packed(&self) -> bool {
        self.start().starts_with(&PACKED)
    }

    /// What it is, packed or not; `None` of advisories, and of what can't be told so early.
    #[must_use]
    pub fn likeness(&self) -> Option<Likeness> {
        match self.is_packed() {
            true => of(&unpacked(self.start())),
            false => of(self.start()),
        }
    }
}

impl<R: Read> Read for Begun<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.start.read(buffer)? {
            0 => self.rest.read(buffer),
            some => Ok(some),
        }
    }
}

/// What a file is; `None` of advisories, and of what can't be read.
#[must_use]
pub fn of_file(path: &Path) -> Option<Likeness> {
    if !path.is_file() {
        return None;
    }
    Begun::new(File::open(path).ok()?).ok()?.likeness()
}

fn of(start: &[u8]) -> Option<Likeness> {
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start();
    if text.starts_with("#model_version") || text.starts_with("cve,") {
        return Some(Likeness::Epss);
    }
    let is_catalog = text.starts_with('{') && text.contains("\"catalogVersion\"");
    is_catalog.then_some(Likeness::Kev)
}

/// What the beginning of something packed says, as far as it goes.
fn unpacked(start: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    // It ends in the midst of what is packed.
    let _ = MultiGzDecoder::new(start)
        .take(START)
        .read_to_end(&mut unpacked);
    unpacked
}
