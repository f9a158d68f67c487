//! Answers and the model's runs, brought into one form to be compared.

use proto_types::{FindResult, RunningContainer};

use super::HOSTS;
use crate::{
    common::{at, deb},
    model::Run,
};

/// Two artifacts, one of which every image holds.
pub fn contents(image: u8) -> [proto_types::Artifact; 2] {
    [deb("all", "1"), deb("one", &image.to_string())]
}

/// Host, container, image, since and until, in seconds.
pub type Row = (String, String, u8, i64, Option<i64>);

fn seconds(time: proto_types::Timestamp) -> i64 {
    time.as_second() - at(0).as_second()
}

/// The run that a listed container stands for.
pub fn run_of_container(row: &RunningContainer) -> Row {
    let image = row.image_digest.as_bytes()[0];
    let times = (seconds(row.running_since), row.until.map(seconds));
    (row.host.clone(), row.name.clone(), image, times.0, times.1)
}

/// The runs that rows of two artifacts each stand for.
pub fn runs(rows: &[FindResult]) -> Vec<Row> {
    let mut runs: Vec<Row> = rows
        .iter()
        .filter(|row| row.name == "all")
        .map(|row| {
            let image = row.image_digest.as_bytes()[0];
            let (since, until) = (seconds(row.running_since), row.until.map(seconds));
            (row.host.clone(), row.container.clone(), image, since, until)
        })
        .collect();
    assert_eq!(rows.len(), 2 * runs.len());
    runs.sort_by_key(order);
    runs
}

/// Runs as rows, in order.
pub fn sorted(runs: &[&Run]) -> Vec<Row> {
    let mut runs: Vec<Row> = runs
        .iter()
        .map(|run| {
            (
                HOSTS[run.host].to_owned(),
                run.container.clone(),
                run.image,
                run.since,
                run.until,
            )
        })
        .collect();
    runs.sort_by_key(order);
    runs
}

fn order(row: &Row) -> (String, String, i64, Option<i64>, u8) {
    (row.0.clone(), row.1.clone(), row.3, row.4, row.2)
}

/// How many different keys rows have.
pub fn distinct(rows: &[FindResult], key: impl Fn(&FindResult) -> String) -> u64 {
    let keys: std::collections::BTreeSet<String> = rows.iter().map(key).collect();
    keys.len() as u64
}

/// The images of runs.
pub fn distinct_images(runs: &[Run]) -> std::collections::BTreeSet<u8> {
    runs.iter().map(|run| run.image).collect()
}
