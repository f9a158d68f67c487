//! Archives: each file of them in its turn, unpacked as it is read.

use std::io::{BufReader, Read, Seek};

use ::zip::ZipArchive;
use flate2::read::MultiGzDecoder;

use super::{
    broken::Broken,
    found::Found,
    member::{self, Taker},
};
use crate::{Reason, Skipped};

/// The length of what a tar archive has in front of each file, in bytes.
const BLOCK: u64 = 512;

/// The records of a zip archive, as OSV.dev publishes one for each ecosystem.
///
/// # Errors
/// [`Broken`] where it can't be read to its end, or `take` says so.
pub fn zip(
    input: impl Read + Seek,
    place: &str,
    take: impl FnMut(Found) -> Result<(), Broken>,
) -> Result<(), Broken> {
    of_zip(input, place, &mut Taker::new(&mut member::read(take)))
}

/// The records of a tar archive that is packed by gzip.
///
/// # Errors
/// [`Broken`] where it can't be read to its end, or `take` says so.
pub fn tar_gz(
    input: impl Read,
    place: &str,
    take: impl FnMut(Found) -> Result<(), Broken>,
) -> Result<(), Broken> {
    of_tar_gz(input, place, &mut Taker::new(&mut member::read(take)))
}

pub(super) fn of_zip(
    input: impl Read + Seek,
    place: &str,
    taker: &mut Taker<'_>,
) -> Result<(), Broken> {
    let unreadable = |error: ::zip::result::ZipError| Broken::io(place, error.into());
    let mut archive = ZipArchive::new(BufReader::new(input)).map_err(unreadable)?;
    for number in 0..archive.len() {
        let file = archive.by_index(number).map_err(unreadable)?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().to_owned();
        // What isn't JSON by its name isn't unpacked.
        of_file((file, 0), &name, place, taker)?;
    }
    Ok(())
}

pub(super) fn of_tar_gz(
    input: impl Read,
    place: &str,
    taker: &mut Taker<'_>,
) -> Result<(), Broken> {
    let unreadable = |error| Broken::io(place, error);
    let mut archive = tar::Archive::new(MultiGzDecoder::new(BufReader::new(input)));
    for file in archive.entries().map_err(unreadable)? {
        let file = file.map_err(unreadable)?;
        let size = file.size().saturating_add(BLOCK);
        if !file.header().entry_type().is_file() {
            taker.count(size, place)?;
            continue;
        }
        let name = String::from_utf8_lossy(&file.path_bytes()).into_owned();
        of_file((file, size), &name, place, taker)?;
    }
    Ok(())
}

/// One file of an archive, and how many bytes leaving it out takes.
fn of_file(
    (file, size): (impl Read, u64),
    name: &str,
    place: &str,
    taker: &mut Taker<'_>,
) -> Result<(), Broken> {
    let of = format!("{place}: {name}");
    match is_json(name) {
        true => taker.member(BufReader::new(file), &of),
        false => taker.leave_out(size, Skipped::new(Reason::OtherFile, &of, "")),
    }
}

/// Whether a file is one of records, by its name.
pub(super) fn is_json(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".json", ".jsonl", ".ndjson"]
        .iter()
        .any(|end| name.ends_with(end))
}
