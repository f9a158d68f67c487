//! Origins: the source package that an artifact was built from, its version, its rpm module and its
//! licenses; what is built from one source shares one.

use hashbrown::HashMap;

/// Stands where something isn't known.
pub const UNKNOWN: u32 = u32::MAX;

/// What an artifact was built from, each by the number of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The source package's name.
    pub source: u32,
    /// Its version.
    pub version: u32,
    /// The label of the rpm module.
    pub module: u32,
    /// The licenses.
    pub licenses: u32,
    /// Whether files of it belong to a package of the distribution.
    pub owned_by_os: bool,
}

/// All origins.
#[derive(Debug, Default)]
pub struct Origins {
    origins: Vec<Origin>,
    numbers: HashMap<Origin, u32>,
}

impl Origin {
    /// Nothing is known.
    pub const NONE: Self = Self {
        source: UNKNOWN,
        version: UNKNOWN,
        module: UNKNOWN,
        licenses: UNKNOWN,
        owned_by_os: false,
    };
}

impl Origins {
    /// The number of an origin.
    pub fn intern(&mut self, origin: Origin) -> u32 {
        let Self { origins, numbers } = self;
        *numbers.entry(origin).or_insert_with(|| {
            origins.push(origin);
            origins.len() as u32 - 1
        })
    }

    /// The number of an origin, where it is known.
    pub fn find(&self, origin: Origin) -> Option<u32> {
        self.numbers.get(&origin).copied()
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.origins.len()
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        self.origins.capacity() * size_of::<Origin>() + self.numbers.allocation_size()
    }

    /// An origin by number.
    pub fn get(&self, number: u32) -> Origin {
        let origin = self.origins.get(number as usize);
        origin.copied().unwrap_or(Origin::NONE)
    }
}
