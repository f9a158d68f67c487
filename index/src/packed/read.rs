//! Reading packed artifacts.

use std::{borrow::Cow, cell::OnceCell};

use model::fields::ArtifactFields;

use super::form::{AGAIN, Column, FIRST, NEXT, NONE, OWNED};
use crate::{
    artifacts::{Kept, purls},
    deltas,
};

/// Bytes that hold no artifacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("bytes that should hold artifacts are malformed")]
pub struct Malformed;

/// A packed artifact.
#[derive(Debug, Clone)]
pub struct PackedArtifact<'b> {
    kind: &'b str,
    name: &'b str,
    version: &'b str,
    pattern: Option<&'b str>,
    source: Option<&'b str>,
    source_version: Option<&'b str>,
    module: Option<&'b str>,
    licenses: Option<&'b str>,
    owned_by_os: bool,
    /// Whether there was another of its name, type, version and package URL before.
    pub again: bool,
    purl: OnceCell<Option<String>>,
}

/// Reads what was packed.
///
/// # Errors
/// [`Malformed`].
pub fn read(bytes: &[u8]) -> Result<Vec<PackedArtifact<'_>>, Malformed> {
    let mut left = bytes;
    let texts = place(&mut left)?;
    let count = place(&mut left)?;
    // Each takes at least a byte: what says that there are more would take memory for nothing.
    if texts.max(count) > left.len() {
        return Err(Malformed);
    }
    let lengths = places(&mut left, texts)?;
    let columns = places(&mut left, count * Column::ALL.len())?;
    let (flags, left) = left.split_at_checked(count).ok_or(Malformed)?;
    let texts = cut(left, &lengths)?;
    let mut named = Named { texts, next: 0 };
    let columns = columns
        .into_iter()
        .map(|code| named.text(code))
        .collect::<Result<Vec<_>, _>>()?;
    let get = |column: Column, at: usize| columns.get(column as usize * count + at).copied();
    let artifact = |(at, flags): (usize, &u8)| {
        let field = |column| get(column, at).flatten();
        let needed = |column| field(column).ok_or(Malformed);
        Ok(PackedArtifact {
            kind: needed(Column::Kind)?,
            name: needed(Column::Name)?,
            version: needed(Column::Version)?,
            pattern: field(Column::Pattern),
            source: field(Column::Source),
            source_version: field(Column::SourceVersion),
            module: field(Column::Module),
            licenses: field(Column::Licenses),
            owned_by_os: flags & OWNED != 0,
            again: flags & AGAIN != 0,
            purl: OnceCell::new(),
        })
    };
    flags.iter().enumerate().map(artifact).collect()
}

/// The texts, and how many of them were named.
struct Named<'b> {
    texts: Vec<&'b str>,
    next: usize,
}

impl<'b> Named<'b> {
    fn text(&mut self, code: usize) -> Result<Option<&'b str>, Malformed> {
        let place = match u32::try_from(code) {
            Ok(NONE) => return Ok(None),
            Ok(NEXT) => {
                self.next += 1;
                self.next - 1
            }
            _ => code - FIRST as usize,
        };
        let text = self.texts.get(place).copied();
        text.map(Some).ok_or(Malformed)
    }
}

/// Cuts bytes into texts of these lengths.
fn cut<'b>(bytes: &'b [u8], lengths: &[usize]) -> Result<Vec<&'b str>, Malformed> {
    let mut left = std::str::from_utf8(bytes).map_err(|_| Malformed)?;
    let mut texts = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (text, rest) = left.split_at_checked(*length).ok_or(Malformed)?;
        texts.push(text);
        left = rest;
    }
    Ok(texts)
}

fn places(left: &mut &[u8], count: usize) -> Result<Vec<usize>, Malformed> {
    (0..count).map(|_| place(left)).collect()
}

fn place(left: &mut &[u8]) -> Result<usize, Malformed> {
    let mut numbers = deltas::read(left);
    let number = numbers.next().ok_or(Malformed)?;
    *left = numbers.left();
    usize::try_from(number).map_err(|_| Malformed)
}

impl ArtifactFields for PackedArtifact<'_> {
    fn artifact_type(&self) -> &str {
        self.kind
    }

    fn name(&self) -> &str {
        self.name
    }

    fn version(&self) -> &str {
        self.version
    }

    fn purl(&self) -> Option<&str> {
        let purl = || Some(purls::expanded(self, self.pattern?));
        self.purl.get_or_init(purl).as_deref()
    }

    fn source(&self) -> Option<&str> {
        self.source
    }

    fn source_version(&self) -> Option<&str> {
        self.source_version
    }

    fn module(&self) -> Option<&str> {
        self.module
    }
}

impl Kept for PackedArtifact<'_> {
    fn pattern(&self) -> Option<Cow<'_, str>> {
        self.pattern.map(Cow::Borrowed)
    }

    fn licenses(&self) -> Cow<'_, str> {
        self.licenses.unwrap_or_default().into()
    }

    fn owned_by_os(&self) -> bool {
        self.owned_by_os
    }
}
