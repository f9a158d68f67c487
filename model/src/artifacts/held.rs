//! One artifact of those that stand end to end in one piece of memory.

use std::cmp::Ordering;

use proto_types::Artifact;

use crate::{fields::ArtifactFields, licenses};

/// Texts of an artifact, in this order: type, name, version, package URL, source, source version,
/// module and licenses.
const TEXTS: usize = 8;
const PURL: usize = 3;
const SOURCE: usize = 4;
const SOURCE_VERSION: usize = 5;
const MODULE: usize = 6;
const LICENSES: usize = 7;
/// In the flags: files of it belong to a package of the distribution. The others say which texts are
/// known.
const OWNED: u8 = 1;

/// Where an artifact's texts stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    start: usize,
    lengths: [u32; TEXTS],
    flags: u8,
}

impl Row {
    /// Appends an artifact's texts; where they stand.
    pub(super) fn append(artifact: &Artifact, texts: &mut String) -> Self {
        let licenses = licenses::packed(&artifact.licenses);
        let all: [Option<&str>; TEXTS] = [
            Some(&artifact.artifact_type),
            Some(&artifact.name),
            Some(&artifact.version),
            artifact.purl.as_deref(),
            artifact.source.as_deref(),
            artifact.source_version.as_deref(),
            artifact.module.as_deref(),
            Some(&licenses),
        ];
        let mut row = Self {
            start: texts.len(),
            lengths: [0; TEXTS],
            flags: u8::from(artifact.owned_by_os) * OWNED,
        };
        for (place, text) in all.into_iter().enumerate() {
            let Some(text) = text else { continue };
            texts.push_str(text);
            row.lengths[place] = text.len() as u32;
            row.flags |= known(place);
        }
        row
    }

    /// The same of texts that these are put behind.
    pub(super) fn moved(self, texts: &str, to: &mut String) -> Self {
        let start = to.len();
        let length: usize = self.lengths.iter().map(|length| *length as usize).sum();
        to.push_str(
            texts
                .get(self.start..self.start + length)
                .unwrap_or_default(),
        );
        Self { start, ..self }
    }
}

/// The flag of a text that may be missing.
const fn known(place: usize) -> u8 {
    match place {
        PURL..=MODULE => 2 << (place - PURL),
        _ => 0,
    }
}

/// An artifact, with all that is kept of it.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    row: Row,
    texts: &'a str,
}

impl<'a> Held<'a> {
    pub(super) const fn new(row: Row, texts: &'a str) -> Self {
        Self { row, texts }
    }

    /// Its licenses as [`licenses::packed`] writes them.
    #[must_use]
    pub fn packed_licenses(&self) -> &'a str {
        self.text(LICENSES)
    }

    /// Whether files of it belong to a package of the distribution.
    #[must_use]
    pub const fn owned_by_os(&self) -> bool {
        self.row.flags & OWNED != 0
    }

    /// Bytes of all its texts.
    #[must_use]
    pub fn size(&self) -> usize {
        let lengths = self.row.lengths.iter().take(LICENSES);
        let texts: usize = lengths.map(|length| *length as usize).sum();
        texts
            + licenses::each(self.packed_licenses())
                .map(str::len)
                .sum::<usize>()
    }

    /// An artifact of its own.
    #[must_use]
    pub fn whole(&self) -> Artifact {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Artifact {
            artifact_type: self.artifact_type().to_owned(),
            name: self.name().to_owned(),
            version: self.version().to_owned(),
            purl: text(self.purl()),
            source: text(self.source()),
            source_version: text(self.source_version()),
            module: text(self.module()),
            licenses: licenses::read(self.packed_licenses()),
            owned_by_os: self.owned_by_os(),
        }
    }

    fn text(&self, place: usize) -> &'a str {
        let lengths = &self.row.lengths;
        let before: usize = lengths.iter().take(place).map(|one| *one as usize).sum();
        let start = self.row.start + before;
        let length = lengths.get(place).map_or(0, |length| *length as usize);
        self.texts.get(start..start + length).unwrap_or_default()
    }

    fn text_or_none(&self, place: usize) -> Option<&'a str> {
        (self.row.flags & known(place) != 0).then(|| self.text(place))
    }
}

impl ArtifactFields for Held<'_> {
    fn artifact_type(&self) -> &str {
        self.text(0)
    }

    fn name(&self) -> &str {
        self.text(1)
    }

    fn version(&self) -> &str {
        self.text(2)
    }

    fn purl(&self) -> Option<&str> {
        self.text_or_none(PURL)
    }

    fn source(&self) -> Option<&str> {
        self.text_or_none(SOURCE)
    }

    fn source_version(&self) -> Option<&str> {
        self.text_or_none(SOURCE_VERSION)
    }

    fn module(&self) -> Option<&str> {
        self.text_or_none(MODULE)
    }
}

impl Ord for Held<'_> {
    // As artifacts are ordered: by their fields, in their order.
    fn cmp(&self, other: &Self) -> Ordering {
        let needed = (0..PURL).map(|place| self.text(place).cmp(other.text(place)));
        let others =
            (PURL..=MODULE).map(|place| self.text_or_none(place).cmp(&other.text_or_none(place)));
        let mut texts = needed.chain(others);
        let licenses = |one: &Self| licenses::each(one.packed_licenses());
        texts
            .find(|order| order.is_ne())
            .unwrap_or_else(|| licenses(self).cmp(licenses(other)))
            .then_with(|| self.owned_by_os().cmp(&other.owned_by_os()))
    }
}

impl PartialOrd for Held<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Held<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Held<'_> {}
