//! Ten thousand names on standard input.

use std::fmt::Write;

use crate::{
    fleet::{
        Fleet,
        images::{artifact, debian},
        outcome, time,
    },
    history,
};

fn names(count: usize) -> String {
    let mut list = String::from("openssl\n");
    for number in 1..count {
        writeln!(list, "package-{number}").unwrap();
    }
    list
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_names_are_one_question() {
    let fleet = history::fleet().await;
    let mut command = fleet.assetctl(&["find", "-f", "-", "-o", "name"]);
    let (status, stdout, stderr) = outcome(command.write_stdin(names(10_000)));
    assert_eq!(
        (status, stdout.as_str()),
        (0, "db1\nweb1\nweb2\n"),
        "{stderr}"
    );
    assert!(
        stderr.starts_with("any of 10,000 names: 3 images"),
        "{stderr}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_the_server_takes_is_refused_with_the_bound() {
    let fleet = history::fleet().await;
    let mut command = fleet.assetctl(&["find", "-f", "-"]);
    let (status, stdout, stderr) = outcome(command.write_stdin(names(20_001)));
    assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
    assert!(stderr.contains("at most 20000 are taken"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_names_that_all_run_are_answered_within_seconds() {
    let mut fleet = Fleet::start(time("2026-01-01T00:00:00Z")).await;
    let packages = (1..10_000).flat_map(|number| {
        let name = format!("package-{number}");
        ["1.0.0", "2.0.0"].map(|version| artifact("npm", &name, version, None))
    });
    let image = debian(1, "everything:1", packages.collect());
    fleet.knows(&image);
    fleet.enroll("web1").await;
    fleet.runs("web1", &[("all", &image)]).await;
    let began = std::time::Instant::now();
    let mut command =
        fleet.assetctl(&["find", "-f", "-", "version<2", "-o", "csv", "--limit", "0"]);
    let (status, stdout, stderr) = outcome(command.write_stdin(names(10_000)));
    assert_eq!((status, stdout.lines().count()), (0, 10_000), "{stderr}");
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}
