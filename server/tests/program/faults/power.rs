//! Power that is lost: whichever of the writes that weren't synced yet reached the disk, all that was
//! acknowledged is there. A library between the server and the system notes them, and the test takes
//! them back once the server is killed.

use std::{
    fs::{self, File},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

use super::super::{kills::outlive, server::Server};

/// Bytes that a disk writes at once.
const SECTOR: usize = 512;

/// A write, or a new length, that wasn't synced.
struct Unsynced {
    is_write: bool,
    file: u8,
    at: u64,
    /// The length of the file before.
    size: u64,
    before: Vec<u8>,
    after: Vec<u8>,
}

impl Unsynced {
    fn take_back(&self, file: &File) {
        file.set_len(self.size).unwrap();
        file.write_all_at(&self.before, self.at).unwrap();
        file.set_len(self.size).unwrap();
    }

    /// Does it again, so many bytes of it.
    fn reaches_the_disk(&self, file: &File, bytes: usize) {
        match self.is_write {
            true => file.write_all_at(&self.after[..bytes], self.at).unwrap(),
            false => file.set_len(self.at).unwrap(),
        }
    }
}

/// What a journal says was done since each file was synced last, in order. See `lose.c`.
fn unsynced(mut journal: &[u8]) -> Vec<Unsynced> {
    let mut all = Vec::new();
    while let Some((head, rest)) = journal.split_at_checked(32) {
        let long = |at: usize| u64::from_le_bytes(head[at..at + 8].try_into().unwrap());
        let short = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap()) as usize;
        let (before, after) = (short(24), short(28));
        // The last one may have been under way.
        let Some((bytes, rest)) = rest.split_at_checked(before + after) else {
            break;
        };
        journal = rest;
        let file = head[1];
        match head[0] {
            b's' => all.retain(|one: &Unsynced| one.file != file),
            kind => all.push(Unsynced {
                is_write: kind == b'w',
                file,
                at: long(8),
                size: long(16),
                before: bytes[..before].to_vec(),
                after: bytes[before..].to_vec(),
            }),
        }
    }
    all
}

/// Numbers that look like chance, the same ones each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// A machine of which the power is cut.
struct Machine {
    dir: tempfile::TempDir,
    library: PathBuf,
    chance: Chance,
    /// Writes that weren't synced, and how many of them were lost, in whole or in part.
    unsynced: usize,
    lost: usize,
}

impl Machine {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self {
            library: super::library(dir.path(), "lose.c"),
            dir,
            chance: Chance(1),
            unsynced: 0,
            lost: 0,
        }
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn journal(&self) -> PathBuf {
        self.dir.path().join("journal")
    }

    fn start(&self) -> Server {
        Server::with(&self.data(), |command| {
            command
                .env("LD_PRELOAD", &self.library)
                .env("LOSE_JOURNAL", self.journal())
        })
    }

    /// Of what a killed server's files hold, takes back what was synced by nobody, but for some of it.
    fn lose_power(&mut self) {
        let all = unsynced(&fs::read(self.journal()).unwrap());
        fs::remove_file(self.journal()).unwrap();
        for one in all.iter().rev() {
            one.take_back(&open(&self.data(), one.file));
        }
        for one in &all {
            let sectors = one.after.len().div_ceil(SECTOR);
            let reached = self.chance.below(2 * sectors + 2).min(sectors + 1);
            let bytes = (reached * SECTOR).min(one.after.len());
            let is_lost = match one.is_write {
                true => bytes < one.after.len(),
                false => reached == 0,
            };
            if bytes > 0 || !(one.is_write || is_lost) {
                one.reaches_the_disk(&open(&self.data(), one.file), bytes);
            }
            self.lost += usize::from(is_lost);
        }
        self.unsynced += all.len();
    }
}

fn open(data: &Path, file: u8) -> File {
    let name = match file {
        b'd' => "assetmon.db",
        _ => "assetmon.db-wal",
    };
    let mut options = File::options();
    options.write(true).open(data.join(name)).unwrap()
}

fn rounds() -> u32 {
    let asked = std::env::var("POWER_ROUNDS").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(10)
}

#[tokio::test]
async fn what_was_acknowledged_outlives_every_loss_of_power() {
    let machine = std::cell::RefCell::new(Machine::new());
    let start = || machine.borrow().start();
    let killed = || machine.borrow_mut().lose_power();
    let (written, _) = outlive(rounds(), start, killed).await;
    let Machine { unsynced, lost, .. } = *machine.borrow();
    println!(
        "{} losses of power, {lost} of {unsynced} writes that weren't synced lost, {written} uploads: all there",
        rounds()
    );
    assert!(lost > 0, "something was lost");
    assert!(written > 0, "there was a load");
}
