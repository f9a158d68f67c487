//! Files and folders, each read by what its name says it is.

use std::{
    fs::{self, File},
    io::{BufReader, Read},
    path::Path,
};

use flate2::read::MultiGzDecoder;

use super::{
    archive,
    broken::Broken,
    found::Found,
    member::{self, Taker},
};
use crate::{Reason, Skipped};

/// Folders within each other that are looked into.
const DEPTH: usize = 32;

/// The records of a file, an archive or a folder.
///
/// # Errors
/// [`Broken`] where it can't be read to its end, or `take` says so.
pub fn path(path: &Path, take: impl FnMut(Found) -> Result<(), Broken>) -> Result<(), Broken> {
    of_path(path, &mut Taker::new(&mut member::read(take)))
}

pub(super) fn of_path(path: &Path, taker: &mut Taker<'_>) -> Result<(), Broken> {
    let place = path.display().to_string();
    match fs::metadata(path).map_err(|error| Broken::io(&place, error))? {
        meta if meta.is_dir() => folder(path, 0, taker),
        // What was named is read, whatever it is called.
        _ => file(path, &place, taker, Among::Nothing),
    }
}

/// The records of a stream of JSON.
///
/// # Errors
/// [`Broken`] where it can't be read to its end, or `take` says so.
pub fn stream(
    input: impl Read,
    place: &str,
    take: impl FnMut(Found) -> Result<(), Broken>,
) -> Result<(), Broken> {
    of_stream(input, place, &mut Taker::new(&mut member::read(take)))
}

pub(super) fn of_stream(
    input: impl Read,
    place: &str,
    taker: &mut Taker<'_>,
) -> Result<(), Broken> {
    taker.stream(BufReader::new(input), place)
}

/// Whether a file was named, or is one of a folder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Among {
    Nothing,
    Others,
}

/// The files of a folder, by name, and those of the folders in it. Links to folders aren't followed.
fn folder(path: &Path, depth: usize, taker: &mut Taker<'_>) -> Result<(), Broken> {
    let place = path.display().to_string();
    let unreadable = |error| Broken::io(&place, error);
    let entries = fs::read_dir(path).map_err(unreadable)?;
    let mut entries: Vec<_> = entries.collect::<Result<_, _>>().map_err(unreadable)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, place) = (entry.path(), entry.path().display().to_string());
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() && depth < DEPTH {
            folder(&path, depth + 1, taker)?;
        } else if path.is_file() {
            file(&path, &place, taker, Among::Others)?;
        } else {
            taker.leave_out(0, Skipped::new(Reason::OtherFile, &place, "no file"))?;
        }
    }
    Ok(())
}

fn file(path: &Path, place: &str, taker: &mut Taker<'_>, among: Among) -> Result<(), Broken> {
    let name = place.to_ascii_lowercase();
    let is = |end: &str| name.ends_with(end);
    let open = || File::open(path).map_err(|error| Broken::io(place, error));
    if is(".zip") {
        archive::of_zip(open()?, place, taker)
    } else if is(".tar.gz") || is(".tgz") {
        archive::of_tar_gz(open()?, place, taker)
    } else if is(".gz") {
        taker.stream(BufReader::new(MultiGzDecoder::new(open()?)), place)
    } else if among == Among::Nothing {
        taker.stream(BufReader::new(open()?), place)
    } else if archive::is_json(place) {
        taker.member(BufReader::new(open()?), place)
    } else {
        taker.leave_out(0, Skipped::new(Reason::OtherFile, place, ""))
    }
}
