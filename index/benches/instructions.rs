//! How many instructions the hot loops take, which no other work on the machine changes, over a fleet of 300 hosts and
//! 600 images. Each run says how far it is from the last one.
//!
//!     make instructions
#![allow(clippy::unwrap_used, missing_docs)]

mod loops;

use std::hint::black_box;

use gungraun::{library_benchmark, library_benchmark_group, main};
use index::{Commit, Index};

fn asked(which: usize) -> (Index, fn(&Index) -> u64) {
    let index = loops::index(300, 600);
    let run = loops::READING[which].1;
    // What is made at the first question isn't counted.
    run(&index);
    (index, run)
}

fn told() -> (Index, Commit) {
    let index = loops::index(300, 600);
    let commit = loops::commit(&index, 300);
    (index, commit)
}

#[library_benchmark(setup = asked)]
#[bench::one_name_with_total(0)]
#[bench::older_than_a_version(1)]
#[bench::by_version(2)]
#[bench::by_host(3)]
#[bench::names_that_contain(4)]
#[bench::names_that_fit_a_pattern(5)]
#[bench::everything_by_name(6)]
#[bench::all_rows_of_a_name(7)]
fn reading((index, run): (Index, fn(&Index) -> u64)) -> (u64, Index) {
    let found = run(black_box(&index));
    (found, index)
}

#[library_benchmark(setup = told)]
#[bench::a_commit_of_300_runs()]
fn taking_in((mut index, commit): (Index, Commit)) -> Index {
    index.apply(black_box(&commit)).unwrap();
    index
}

library_benchmark_group!(name = loops_counted, benchmarks = [reading, taking_in]);
main!(library_benchmark_groups = loops_counted);
