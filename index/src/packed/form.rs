//! What stands where in packed artifacts.

/// The fields, in the order of their columns.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    Name,
    Version,
    Kind,
    Pattern,
    Source,
    SourceVersion,
    Module,
    Licenses,
}

impl Column {
    pub(super) const ALL: [Self; 8] = [
        Self::Name,
        Self::Version,
        Self::Kind,
        Self::Pattern,
        Self::Source,
        Self::SourceVersion,
        Self::Module,
        Self::Licenses,
    ];
}

/// Files of it belong to a package of the distribution.
pub(super) const OWNED: u8 = 1;
/// There was another artifact of this name, type, version and package URL before.
pub(super) const AGAIN: u8 = 2;
/// In a column: the next text.
pub(super) const NEXT: u32 = 0;
/// In a column: none.
pub(super) const NONE: u32 = 1;
/// In a column: the first text.
pub(super) const FIRST: u32 = 2;
