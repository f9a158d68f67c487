//! Figures: an index of a large fleet from a seeded generator, what it takes, and how long the
//! questions of an operator take.
//!
//!     cargo run --release -p index --example large [HOSTS [QUESTION]]
//!
//! 10,000 hosts where nothing is said, and every question but those whose names don't contain what
//! is said.
#![allow(clippy::unwrap_used)]

mod ask;
mod fleet;
mod random;

use std::time::Instant;

use index::Loader;

const IMAGES: u32 = 20_000;

fn main() {
    let hosts = std::env::args()
        .nth(1)
        .map_or(10_000, |hosts| hosts.parse().unwrap());
    let fleet = fleet::Fleet::new(hosts, IMAGES);
    let begun = Instant::now();
    let mut loader = Loader::default();
    let pairs = fleet.load(&mut loader);
    let index = loader.finish(fleet::LAST, fleet::at(fleet::NOW)).unwrap();
    let took = begun.elapsed();
    println!("{hosts} hosts, {pairs} pairs of image and artifact");
    println!(
        "read in {:.2} s, with making them up; {} MB resident",
        took.as_secs_f64(),
        resident()
    );
    let wanted = std::env::args().nth(2).unwrap_or_default();
    ask::all(&index, &wanted);
    println!("{} MB resident after all of these", resident());
}

/// Megabytes of memory that this process takes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib / 1024
}
