//! What one row says: which numbers its artifacts have, and the artifacts, packed and compressed.

use std::io::{Read, Write};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use index::{
    Kept,
    packed::{self, PackedArtifact},
};
use rusqlite::Row;

use crate::store::{Result, StoreError, sqlite::numbers::number};

/// How hard it is tried to make a row small: from here on it takes far longer, for little.
const EFFORT: Compression = Compression::new(6);

/// The columns that [`Block::of`] reads.
pub const COLUMNS: &str = "first, count, numbers, packed";

/// A row's artifacts.
pub struct Block {
    /// Their numbers, rising.
    pub numbers: Vec<u32>,
    packed: Vec<u8>,
}

impl Block {
    /// The block in a row of [`COLUMNS`].
    pub fn of(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            numbers: numbers(row)?,
            packed: unpacked(row.get_ref("packed")?.as_blob().unwrap_or_default())?,
        })
    }

    /// The artifacts by their numbers.
    pub fn artifacts(&self) -> Result<impl Iterator<Item = (u32, PackedArtifact<'_>)>> {
        let artifacts = packed::read(&self.packed).map_err(malformed)?;
        if artifacts.len() != self.numbers.len() {
            return Err(malformed(packed::Malformed));
        }
        Ok(self.numbers.iter().copied().zip(artifacts))
    }
}

/// What a row says of its artifacts.
pub struct Columns {
    /// How many there are.
    pub count: i64,
    /// How far each number is from the first one, unless they are one after the other.
    pub numbers: Option<Box<[u8]>>,
    /// The artifacts.
    pub packed: Vec<u8>,
}

/// What is said of these.
pub fn columns<K: Kept>(first: u32, artifacts: &[(u32, &K, bool)]) -> Result<Columns> {
    let numbers: Vec<u32> = artifacts
        .iter()
        .map(|(number, ..)| number - first)
        .collect();
    let has_gaps = (0..).zip(&numbers).any(|(place, number)| place != *number);
    let packed = packed::pack(
        artifacts
            .iter()
            .map(|(_, artifact, again)| (*artifact, *again)),
    );
    let mut compressed = ZlibEncoder::new(Vec::new(), EFFORT);
    let packed = compressed
        .write_all(&packed)
        .and_then(|()| compressed.finish())
        .map_err(malformed)?;
    let count = i64::try_from(artifacts.len()).unwrap_or(i64::MAX);
    Ok(Columns {
        count,
        numbers: has_gaps.then(|| index::deltas::pack(&numbers)),
        packed,
    })
}

/// The numbers in a row: where nothing is said, one after the other.
pub fn numbers(row: &Row<'_>) -> Result<Vec<u32>> {
    let first: u32 = number(row.get("first")?)?;
    let count: u32 = number(row.get("count")?)?;
    Ok(
        match row
            .get_ref("numbers")?
            .as_blob_or_null()
            .unwrap_or_default()
        {
            None => (first..first.saturating_add(count)).collect(),
            Some(gaps) => {
                let places = index::deltas::read(gaps);
                places.map(|place| first.saturating_add(place)).collect()
            }
        },
    )
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut unpacked = Vec::with_capacity(bytes.len() * 4);
    ZlibDecoder::new(bytes)
        .read_to_end(&mut unpacked)
        .map_err(malformed)?;
    Ok(unpacked)
}

fn malformed(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Engine(Box::new(error))
}
