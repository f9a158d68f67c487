//! A row of four numbers for each artifact, in some ten bytes.

use super::origins::UNKNOWN;
use crate::column::Column;

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

/// The rows, by the artifacts' numbers. Each column has one more than the number, and 0 where that
/// is unknown.
#[derive(Debug, Default)]
pub struct Rows {
    names: Column,
    versions: Column,
    styles: Column,
    origins: Column,
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

impl Rows {
    /// Puts a row.
    pub fn put(&mut self, artifact: u32, fact: Fact) {
        let put = |column: &mut Column, number: u32| column.set(artifact, number.wrapping_add(1));
        put(&mut self.names, fact.name);
        put(&mut self.versions, fact.version);
        put(&mut self.styles, fact.style);
        put(&mut self.origins, fact.origin);
    }

    /// Takes a row out.
    pub fn remove(&mut self, artifact: u32) {
        self.put(artifact, Fact::NONE);
    }

    /// A row.
    pub fn get(&self, artifact: u32) -> Fact {
        Fact {
            name: self.name(artifact),
            version: self.version(artifact),
            style: self.style(artifact),
            origin: self.origin(artifact),
        }
    }

    /// The number of an artifact's name.
    #[inline]
    pub fn name(&self, artifact: u32) -> u32 {
        self.names.get(artifact).wrapping_sub(1)
    }

    /// The number of its version.
    #[inline]
    pub fn version(&self, artifact: u32) -> u32 {
        self.versions.get(artifact).wrapping_sub(1)
    }

    /// The number of its style.
    #[inline]
    pub fn style(&self, artifact: u32) -> u32 {
        self.styles.get(artifact).wrapping_sub(1)
    }

    /// The number of its origin.
    #[inline]
    pub fn origin(&self, artifact: u32) -> u32 {
        self.origins.get(artifact).wrapping_sub(1)
    }

    /// A number that no artifact has, nor any above it.
    pub fn end(&self) -> usize {
        self.names.end() as usize
    }

    /// The numbers of all artifacts, rising.
    pub fn all(&self) -> impl Iterator<Item = u32> {
        (0..self.names.end()).filter(|artifact| self.name(*artifact) != UNKNOWN)
    }

    /// Gives back the room that was not needed.
    pub fn shrink(&mut self) {
        self.each(Column::shrink);
    }

    /// What takes memory, in bytes.
    pub const fn size(&self) -> usize {
        self.names.size() + self.versions.size() + self.styles.size() + self.origins.size()
    }

    fn each(&mut self, change: impl Fn(&mut Column)) {
        let columns = [
            &mut self.names,
            &mut self.versions,
            &mut self.styles,
            &mut self.origins,
        ];
        columns.into_iter().for_each(change);
    }
}
