//! Reads inputs and says what was read, skipped and why, and what it took:
//! `cargo run --release -p advisories --example summary -- PATH…`

use std::{env, path::Path, time::Instant};

use advisories::{
    Tally,
    input::{self, Found},
};

fn main() {
    for argument in env::args().skip(1) {
        let start = Instant::now();
        let mut tally = Tally::default();
        let read = input::path(Path::new(&argument), |found| {
            match found {
                Found::Advisory(advisory) => tally.read(&advisory),
                Found::Skipped(skipped) => tally.skip(skipped),
            }
            Ok(())
        });
        if let Err(error) = read {
            println!("broken: {error}");
        }
        let (records, withdrawn, packages) = (tally.records, tally.withdrawn, tally.packages);
        println!(
            "{records} records, {withdrawn} of them withdrawn, of {packages} packages, in {:.2} s",
            start.elapsed().as_secs_f64()
        );
        for (family, count) in &tally.families {
            println!("  {family}: {count} packages");
        }
        for (reason, (count, first)) in &tally.skipped {
            println!("  skipped {count}: {reason}, first {first}");
        }
    }
    println!("{}", memory());
}

/// The most memory that this process had, as Linux says it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.unwrap_or("memory isn't known").replace('\t', " ")
}
