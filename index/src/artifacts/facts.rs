//! What is known of each artifact: a row of numbers, and the texts that those stand for.

use super::{
    kept::Kept,
    origins::{Origin, Origins, UNKNOWN},
    rows::{Fact, Rows},
    styles::Styles,
};
use crate::{texts::Texts, unfit::Unfit};

/// What is known of all artifacts.
#[derive(Debug, Default)]
pub struct Facts {
    /// What is known of each.
    pub rows: Rows,
    /// Names, of artifacts and of source packages.
    pub texts: Texts,
    /// Versions, of artifacts and of source packages.
    pub versions: Texts,
    /// Labels of rpm modules.
    pub modules: Texts,
    /// Lists of licenses.
    pub licenses: Texts,
    /// Types with package URLs.
    pub styles: Styles,
    /// What they were built from.
    pub origins: Origins,
}

impl Facts {
    /// Adds an artifact whose number is free.
    pub fn add(&mut self, number: u32, artifact: &impl Kept) -> Result<Fact, Unfit> {
        let fact = Fact {
            name: self.texts.intern(artifact.name())?,
            version: self.versions.intern(artifact.version())?,
            style: self.styles.intern(artifact)?,
            origin: self.origin_of(artifact)?,
        };
        self.rows.put(number, fact);
        Ok(fact)
    }

    /// What is known of an artifact, where all of it is known of others.
    pub fn find(&self, artifact: &impl Kept) -> Option<Fact> {
        Some(Fact {
            name: self.texts.find(artifact.name())?,
            version: self.versions.find(artifact.version())?,
            style: self.styles.find(artifact)?,
            origin: self.origins.find(self.known_origin(artifact)?)?,
        })
    }

    /// What an artifact was built from.
    pub fn origin(&self, number: u32) -> Origin {
        self.origins.get(self.rows.origin(number))
    }

    /// A number that no artifact has, nor any above it.
    pub fn end(&self) -> usize {
        self.rows.end()
    }

    /// Gives back the room that was not needed.
    pub fn shrink(&mut self) {
        self.rows.shrink();
        self.texts.shrink();
        self.versions.shrink();
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        let texts = [&self.texts, &self.versions, &self.modules, &self.licenses];
        let texts: usize = texts.map(Texts::size).into_iter().sum();
        self.rows.size() + texts + self.origins.size()
    }

    fn known_origin(&self, artifact: &impl Kept) -> Option<Origin> {
        fn number(texts: &Texts, text: Option<&str>) -> Option<u32> {
            text.map_or(Some(UNKNOWN), |text| texts.find(text))
        }
        Some(Origin {
            source: number(&self.texts, artifact.source())?,
            version: number(&self.versions, artifact.source_version())?,
            module: number(&self.modules, artifact.module())?,
            licenses: number(&self.licenses, some(&artifact.licenses()))?,
            owned_by_os: artifact.owned_by_os(),
        })
    }

    fn origin_of(&mut self, artifact: &impl Kept) -> Result<u32, Unfit> {
        fn number(texts: &mut Texts, text: Option<&str>) -> Result<u32, Unfit> {
            text.map_or(Ok(UNKNOWN), |text| texts.intern(text))
        }
        let origin = Origin {
            source: number(&mut self.texts, artifact.source())?,
            version: number(&mut self.versions, artifact.source_version())?,
            module: number(&mut self.modules, artifact.module())?,
            licenses: number(&mut self.licenses, some(&artifact.licenses()))?,
            owned_by_os: artifact.owned_by_os(),
        };
        Ok(self.origins.intern(origin))
    }
}

/// A text, unless it is empty.
fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
