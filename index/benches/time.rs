//! How long the hot loops take, over a fleet of 1,000 hosts and 2,000 images.
//!
//!     cargo bench -p index --bench time
#![allow(clippy::unwrap_used, missing_docs)]

mod loops;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

fn reading(criterion: &mut Criterion) {
    let index = loops::index(1_000, 2_000);
    for (name, run) in loops::READING {
        criterion.bench_function(name, |bencher| bencher.iter(|| run(black_box(&index))));
    }
}

fn taking_in(criterion: &mut Criterion) {
    let mut index = loops::index(1_000, 2_000);
    let mut group = criterion.benchmark_group("taking_in");
    group.sample_size(10);
    // Each time as many runs as a group of reports has; the index grows, as a server's does.
    group.bench_function("a_commit_of_500_runs", |bencher| {
        let mut next = 0;
        bencher.iter_batched(
            || {
                next += 1;
                next
            },
            |seq| {
                let mut commit = loops::commit(&index, 500);
                for change in &mut commit.changes {
                    if let index::Change::RunBegan(run) = change {
                        run.run += seq * 1_000;
                    }
                }
                index.apply(&commit).unwrap();
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(loops_timed, reading, taking_in);
criterion_main!(loops_timed);
