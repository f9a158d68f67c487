//! What is known of each artifact: 16 bytes beside texts that they share.

use super::{
    kept::Kept,
    origins::{Origin, Origins, UNKNOWN},
    styles::Styles,
};
use crate::{texts::Texts, unfit::Unfit};

/// What is known of an artifact, each by the number of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub name: u32,
    /// Its version.
    pub version: u32,
    /// Its type, and what its package URL says besides.
    pub style: u32,
    /// What it was built from.
    pub origin: u32,
}

impl Fact {
    /// Stands where a number belongs to no artifact.
    const NONE: Self = Self {
        name: UNKNOWN,
        version: UNKNOWN,
        style: UNKNOWN,
        origin: UNKNOWN,
    };
}

/// What is known of all artifacts.
#[derive(Debug, Default)]
pub struct Facts {
    facts: Vec<Fact>,
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
    origins: Origins,
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
        let place = number as usize;
        if place >= self.facts.len() {
            self.facts.resize(place + 1, Fact::NONE);
        }
        if let Some(slot) = self.facts.get_mut(place) {
            *slot = fact;
        }
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

    /// Frees an artifact's number.
    pub fn remove(&mut self, number: u32) {
        if let Some(slot) = self.facts.get_mut(number as usize) {
            *slot = Fact::NONE;
        }
    }

    /// What is known of an artifact.
    #[inline]
    pub fn get(&self, number: u32) -> Fact {
        let fact = self.facts.get(number as usize);
        fact.copied().unwrap_or(Fact::NONE)
    }

    /// What an artifact was built from.
    pub fn origin(&self, number: u32) -> Origin {
        self.origins.get(self.get(number).origin)
    }

    /// What is known of every artifact, by number.
    pub fn all(&self) -> impl Iterator<Item = (u32, Fact)> {
        let facts = (0..).zip(self.facts.iter().copied());
        facts.filter(|(_, fact)| fact.name != UNKNOWN)
    }

    /// Gives back the room that was not needed.
    pub fn shrink(&mut self) {
        self.facts.shrink_to_fit();
        self.texts.shrink();
        self.versions.shrink();
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
