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

/// The runs that rows of two artifacts each stand for, as they come.
pub fn runs(rows: &[FindResult]) -> Vec<Row> {
    let runs: Vec<Row> = rows
        .iter()
        .filter(|row| row.name == "all")
        .map(|row| {
            let image = row.image_digest.as_bytes()[0];
            let (since, until) = (seconds(row.running_since), row.until.map(seconds));
            (row.host.clone(), row.container.clone(), image, since, until)
        })
        .collect();
    assert_eq!(rows.len(), 2 * runs.len());
    runs
}

/// The model's runs as rows, in its order: by host, container and beginning.
pub fn in_order(runs: &[Run]) -> Vec<Row> {
    let row = |run: &Run| {
        let host = HOSTS[run.host].to_owned();
        (host, run.container.clone(), run.image, run.since, run.until)
    };
    runs.iter().map(row).collect()
}

/// Those of scanned images in the order of `find`: each image's together, first seen first.
pub fn by_image(runs: &[Run]) -> Vec<Row> {
    let mut rows = in_order(runs);
    rows.retain(|row| row.2 < 4);
    rows.sort_by_key(|row| row.2);
    rows
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
