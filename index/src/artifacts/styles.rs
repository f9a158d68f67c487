//! Styles: an artifact's type with what its package URL says beside its other fields. Thousands of
//! artifacts have one.

use std::collections::HashMap;

use model::{
    fields::ArtifactFields,
    purl::{Purl, folded},
};

use super::{kept::Kept, purls};
use crate::{moved::Moved, texts::Texts, unfit::Unfit};

/// The style without a package URL.
const NO_PURL: u32 = u32::MAX;

/// One style.
#[derive(Debug, Clone, Copy)]
struct Style {
    kind: u32,
    purl: u32,
    /// Whether plain words in it make a package that is called as its artifact is; `None` until
    /// there was one.
    is_regular: Option<bool>,
}

/// All styles.
#[derive(Debug, Default)]
pub struct Styles {
    kinds: Texts,
    purls: Texts,
    styles: Vec<Style>,
    numbers: HashMap<(u32, u32), u32>,
}

impl Styles {
    /// The style of an artifact.
    pub fn intern(&mut self, artifact: &impl Kept) -> Result<u32, Unfit> {
        let kind = self.kinds.intern(artifact.artifact_type())?;
        let purl = match artifact.pattern() {
            None => NO_PURL,
            Some(pattern) => self.purls.intern(&pattern)?,
        };
        let Self {
            styles, numbers, ..
        } = self;
        Ok(*numbers.entry((kind, purl)).or_insert_with(|| {
            styles.push(Style {
                kind,
                purl,
                is_regular: None,
            });
            styles.len() as u32 - 1
        }))
    }

    /// The style of an artifact, where it is known.
    pub fn find(&self, artifact: &impl Kept) -> Option<u32> {
        let kind = self.kinds.find(artifact.artifact_type())?;
        let purl = match artifact.pattern() {
            None => NO_PURL,
            Some(pattern) => self.purls.find(&pattern)?,
        };
        self.numbers.get(&(kind, purl)).copied()
    }

    /// The types, by number.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        (0..self.kinds.len()).map(|kind| self.kinds.get(kind))
    }

    /// The number of the type that a style has.
    pub fn kind_number(&self, style: u32) -> u32 {
        self.get(style).map_or(u32::MAX, |style| style.kind)
    }

    /// The type that a style has.
    pub fn kind(&self, style: u32) -> &str {
        self.get(style)
            .map_or("", |style| self.kinds.get(style.kind))
    }

    /// What is left of the package URL in a style, where it has one.
    pub fn purl(&self, style: u32) -> Option<&str> {
        let style = self.get(style)?;
        (style.purl != NO_PURL).then(|| self.purls.get(style.purl))
    }

    /// What the package is called, folded, where an artifact's package URL calls it otherwise than
    /// the artifact is called.
    ///
    /// To read a package URL takes a microsecond, and there are millions. Words of letters, digits
    /// and a few signs can't change how it is taken apart: what holds for one artifact of a style
    /// that has only such holds for all of those.
    pub fn other_name(&mut self, number: u32, artifact: &impl ArtifactFields) -> Option<String> {
        let style = self.styles.get_mut(number as usize)?;
        if style.purl == NO_PURL {
            return None;
        }
        let has_plain_words = has_plain_words(artifact);
        if has_plain_words && style.is_regular == Some(true) {
            return None;
        }
        let is_plain = has_plain_words && purls::has_plain_name(self.purls.get(style.purl));
        let name = Purl::of(artifact).folded_name();
        let other = Some(name).filter(|name| *name != folded(artifact.name()));
        if is_plain {
            style.is_regular = Some(other.is_none());
        }
        other
    }

    /// The same, none of which was named yet.
    pub fn moved(self) -> MovedStyles {
        MovedStyles {
            numbers: vec![None; self.styles.len()],
            from: self.styles,
            to: Self::default(),
            kinds: Moved::of(self.kinds),
            purls: Moved::of(self.purls),
        }
    }

    fn get(&self, style: u32) -> Option<Style> {
        self.styles.get(style as usize).copied()
    }
}

/// Styles that move: what no artifact names any more stays behind.
#[derive(Debug)]
pub struct MovedStyles {
    from: Vec<Style>,
    to: Styles,
    kinds: Moved,
    purls: Moved,
    /// By the old number, the new one.
    numbers: Vec<Option<u32>>,
}

impl MovedStyles {
    /// The new number of a style that is named by its old one.
    pub fn number(&mut self, old: u32) -> u32 {
        let (Some(style), Some(number)) = (
            self.from.get(old as usize),
            self.numbers.get_mut(old as usize),
        ) else {
            return old;
        };
        *number.get_or_insert_with(|| {
            let style = Style {
                kind: self.kinds.number(style.kind),
                purl: self.purls.number(style.purl),
                ..*style
            };
            let new = self.to.styles.len() as u32;
            self.to.styles.push(style);
            self.to.numbers.insert((style.kind, style.purl), new);
            new
        })
    }

    /// The styles that were named.
    pub fn done(self) -> Styles {
        Styles {
            kinds: self.kinds.done().0,
            purls: self.purls.done().0,
            ..self.to
        }
    }
}

fn has_plain_words(artifact: &impl ArtifactFields) -> bool {
    let is_plain = |word: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+".contains(&byte);
        word.bytes().all(fits)
    };
    !artifact.name().is_empty()
        && !artifact.version().is_empty()
        && is_plain(artifact.name())
        && is_plain(artifact.version())
        && artifact.source().is_none_or(is_plain)
        && artifact.source_version().is_none_or(is_plain)
}
