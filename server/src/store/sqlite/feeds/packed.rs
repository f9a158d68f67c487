//! Advisories as the file keeps them: JSON, packed.

use std::io::{Read, Write};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use model::{advisory::Advisory, bounds};
use sha2::{Digest, Sha256};

use crate::store::{Result, StoreError};

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
    pub fn new(advisory: &Advisory) -> Result<Self> {
        let json = serde_json::to_vec(advisory).map_err(engine)?;
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

/// The advisory of such bytes, and how many there were of them unpacked.
///
/// # Errors
/// [`StoreError::Engine`]: the file isn't what was written.
pub fn unpacked(bytes: &[u8]) -> Result<(Advisory, usize)> {
    let mut json = Vec::new();
    // What is kept of a record is shorter than what was read of it, but for the names of its fields.
    let most = 4 * bounds::ADVISORY as u64;
    let mut from = DeflateDecoder::new(bytes).take(most);
    from.read_to_end(&mut json).map_err(engine)?;
    let advisory = serde_json::from_slice(&json).map_err(engine)?;
    Ok((advisory, json.len()))
}

fn engine(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Engine(Box::new(error))
}
