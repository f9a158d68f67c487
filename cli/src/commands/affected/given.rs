//! The advisories that are given: read one by one, and kept as the records that the server needs.

use std::{
    io::{self, IsTerminal},
    path::Path,
};

use advisories::{
    Skipped,
    input::{self, Broken, Found},
    osv,
};
use model::{advisory::Advisory, bounds};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::error::{CliError, Result};

/// So much of a request is left to everything but its advisories, in bytes.
const REST: usize = 1 << 20;

/// What ends the names of files that advisories are in.
const ENDINGS: [&str; 6] = [".json", ".jsonl", ".ndjson", ".zip", ".gz", ".tgz"];

/// What is asked about.
#[derive(Default)]
pub(super) struct Given {
    /// The id of a vulnerability, in place of records: what was imported of it.
    pub(super) id: Option<String>,
    /// The records, without what no verdict needs.
    pub(super) records: Vec<Box<RawValue>>,
    /// The first one's id and CVEs.
    pub(super) first: Option<(String, Vec<String>)>,
    /// How many things were skipped that may have meant an artifact.
    pub(super) skipped: u64,
    /// The first of those.
    pub(super) named: Vec<Skipped>,
    /// How many records there are.
    pub(super) count: u64,
    /// A hash of them in their order, in hexadecimal digits, where there are any.
    pub(super) hash: Option<String>,
    bytes: usize,
}

/// Reads a file, a folder or an archive, or standard input where it is `-`. A word that is none and is written
/// like one isn't read: it is the id of what was imported.
pub(super) fn read(path: &str) -> Result<Given> {
    let mut given = Given::default();
    if is_id(path) {
        given.id = Some(path.to_owned());
        given.first = Some((path.to_owned(), Vec::new()));
        return Ok(given);
    }
    let take = |found: Found| given.take(found);
    let read = if path == "-" {
        if io::stdin().is_terminal() {
            return Err(
                CliError::failed("`-` reads standard input, which is a terminal")
                    .hint("pipe advisories into it: `cat DSA-5764-1.json | assetctl affected -`"),
            );
        }
        input::stream(io::stdin().lock(), "standard input", take)
    } else {
        input::path(Path::new(path), take)
    };
    read.map_err(|broken| refused(path, &broken))?;
    if given.records.is_empty() {
        let named = given.named.first();
        let why = named.map_or_else(String::new, |one| format!(": {one}"));
        return Err(
            CliError::failed(format!("`{path}` contains no advisory{why}"))
                .hint("give OSV records: a file, a folder, a .zip from OSV.dev, or `-`"),
        );
    }
    given.count = u64::try_from(given.records.len()).unwrap_or(u64::MAX);
    given.hash = Some(hash(&given.records));
    Ok(given)
}

/// What the records are in short.
fn hash(records: &[Box<RawValue>]) -> String {
    let mut hasher = Sha256::new();
    for record in records {
        hasher.update(record.get());
        hasher.update(b"\n");
    }
    hex::encode(hasher.finalize())
}

/// Whether a word is meant as an id: no file is called so, and it isn't written like a file's name.
fn is_id(word: &str) -> bool {
    let is_file = word == "-" || Path::new(word).exists();
    let name = word.to_ascii_lowercase();
    let is_named_so = ENDINGS.iter().any(|end| name.ends_with(end));
    !is_file && !word.contains('/') && !is_named_so && !word.is_empty()
}

fn refused(path: &str, broken: &Broken) -> CliError {
    let error = CliError::failed(format!("cannot read advisories: {broken}"));
    match broken {
        Broken::Stopped(_) => error.hint("give fewer of them: a file for each ecosystem"),
        Broken::Io { .. } if !Path::new(path).exists() && path != "-" => {
            error.hint("give a file, a folder, an archive, or `-` for standard input")
        }
        _ => error,
    }
}

impl Given {
    fn take(&mut self, found: Found) -> std::result::Result<(), Broken> {
        match found {
            Found::Advisory(advisory) => self.add(*advisory),
            Found::Skipped(skipped) => {
                if skipped.reason.leaves_open() {
                    self.skipped += 1;
                    if self.named.len() < bounds::ADVISORIES_NAMED {
                        self.named.push(skipped);
                    }
                }
                Ok(())
            }
        }
    }

    fn add(&mut self, mut advisory: Advisory) -> std::result::Result<(), Broken> {
        if self.first.is_none() {
            let cves = advisory.cves().into_iter().map(str::to_owned);
            self.first = Some((advisory.id.clone(), cves.collect()));
        }
        // What was skipped as unknown is told here, and means nothing to the server.
        let is_known = |one: &model::advisory::Affected| one.ecosystem.family().is_some();
        advisory.affected.retain(is_known);
        let record = serde_json::value::to_raw_value(&osv::write(&advisory));
        let record = record.map_err(|error| Broken::Stopped(error.to_string()))?;
        self.bytes += record.get().len() + 1;
        if self.records.len() >= bounds::ADVISORIES_ASKED
            || self.bytes > bounds::AFFECTED_BODY - REST
        {
            let (most, size) = (bounds::ADVISORIES_ASKED, bounds::AFFECTED_BODY >> 20);
            return Err(Broken::Stopped(format!(
                "there are more than {most} or than {size} MiB of them"
            )));
        }
        self.records.push(record);
        Ok(())
    }
}
