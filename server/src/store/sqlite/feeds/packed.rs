//! Advisories as the file keeps them: JSON, packed, each with what could not be read of it.

use std::io::{Read, Write};

use advisories::Skipped;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use model::{advisory::Advisory, bounds};
use proto_types::{LeftOutAdvisories, LeftOutAdvisory};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::store::{Result, StoreError};

/// What could not be read of an advisory, and may have meant something.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LeftOut {
    /// How many parts.
    pub count: u64,
    /// The first of them: what is left out, and why.
    pub items: Vec<String>,
}

impl LeftOut {
    /// Counts a part.
    pub fn add(&mut self, part: &Skipped) {
        if !part.reason.leaves_open() {
            return;
        }
        self.count += 1;
        if self.items.len() < bounds::ADVISORIES_NAMED {
            self.items.push(part.why());
        }
    }

    /// Names what was left out of this advisory in an answer.
    pub fn name(self, advisory: &str, answer: &mut LeftOutAdvisories) {
        answer.count += self.count;
        let room = bounds::ADVISORIES_NAMED.saturating_sub(answer.items.len());
        let named = self.items.into_iter().map(|reason| LeftOutAdvisory {
            advisory: advisory.to_owned(),
            reason,
        });
        answer.items.extend(named.take(room));
    }
}

/// An advisory as it is written.
pub struct Packed {
    /// What tells it from others.
    pub hash: [u8; 32],
    json: Vec<u8>,
}

impl Packed {
    /// One that isn't packed yet: where it is known, it needn't be.
    ///
    /// # Errors
    /// [`StoreError::Engine`] where it has no JSON form, which doesn't happen.
    pub fn new(advisory: &Advisory, left_out: &LeftOut) -> Result<Self> {
        let json = serde_json::to_vec(&(advisory, left_out)).map_err(engine)?;
        Ok(Self {
            hash: Sha256::digest(&json).into(),
            json,
        })
    }

    /// Its bytes in the file.
    ///
    /// # Errors
    /// As [`Packed::new`].
    pub fn bytes(&self) -> Result<Vec<u8>> {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(&self.json).map_err(engine)?;
        packer.finish().map_err(engine)
    }
}

/// An advisory as it is read.
pub struct Unpacked {
    /// The advisory.
    pub advisory: Advisory,
    /// What could not be read of it.
    pub left_out: LeftOut,
    /// Bytes of both.
    pub bytes: usize,
}

/// The advisory of such bytes.
///
/// # Errors
/// [`StoreError::Engine`]: the file isn't what was written.
pub fn unpacked(bytes: &[u8]) -> Result<Unpacked> {
    let mut json = Vec::new();
    // What is kept of a record is shorter than what was read of it, but for the names of its fields.
    let most = 4 * bounds::ADVISORY as u64;
    let mut from = DeflateDecoder::new(bytes).take(most);
    from.read_to_end(&mut json).map_err(engine)?;
    let (advisory, left_out) = serde_json::from_slice(&json).map_err(engine)?;
    Ok(Unpacked {
        advisory,
        left_out,
        bytes: json.len(),
    })
}

fn engine(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Engine(Box::new(error))
}
