//! Records as they stand, for whoever hands them on: none of them is read yet.

use std::{io::Read, path::Path};

pub use super::found::Raw;
use super::{broken::Broken, files, member::Taker};

/// What a file, an archive or a folder holds.
///
/// # Errors
/// [`Broken`] where it can't be read to its end, or `take` says so.
pub fn path(
    path: &Path,
    mut take: impl FnMut(Raw<'_>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    files::of_path(path, &mut Taker::new(&mut take))
}

/// What a stream of JSON holds.
///
/// # Errors
/// [`Broken`] where it can't be read to its end, or `take` says so.
pub fn stream(
    input: impl Read,
    place: &str,
    mut take: impl FnMut(Raw<'_>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    files::of_stream(input, place, &mut Taker::new(&mut take))
}
