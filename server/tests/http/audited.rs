//! Every admin's operation of the OpenAPI document leaves a line in the audit log: a new route
//! must, too.

use std::{cell::RefCell, io::Write};

use axum::http::Method;
use serde_json::Value;
use tracing_subscriber::filter::LevelFilter;

use super::{
    api::{Api, As},
    operations::{operations, with_a_lease},
};

thread_local! {
    /// What this thread logged. Each test has a thread of its own.
    static WRITTEN: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The log, which can be set for all threads only.
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        WRITTEN.with_borrow_mut(|written| written.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The lines of the audit log since it was asked before.
fn audited() -> Vec<Value> {
    let written = WRITTEN.take();
    let lines = written.split(|byte| *byte == b'\n');
    lines
        .filter_map(|line| serde_json::from_slice(line).ok())
        .filter(|line: &Value| line["target"] == "audit")
        .collect()
}

#[tokio::test]
async fn every_operation_of_an_admin_leaves_one_line_in_the_audit_log_and_a_question_none() {
    tracing_subscriber::fmt()
        .json()
        .with_max_level(LevelFilter::INFO)
        .with_writer(|| Log)
        .init();
    let mut changes = 0;
    for index in 0..operations(&Api::new()).await.len() {
        // What one operation removes, the next one would miss.
        let api = Api::new();
        with_a_lease(&api).await;
        let admin = api.token("the admin", "admin").await;
        let one = operations(&api).await.swap_remove(index);
        let is_change = one.schemes == ["admin"] && one.method != Method::GET;
        let name = format!("{} {}", one.method, one.path);
        audited();
        let by = As::Token(&admin);
        api.call(by, one.method, &one.path, one.body).await;
        let lines = audited();
        assert_eq!(lines.len(), usize::from(is_change), "{name}: {lines:?}");
        for line in lines {
            assert_eq!(line["fields"]["token"], "the admin", "{name}: {line}");
            changes += 1;
        }
    }
    assert!(changes >= 6, "{changes}");
}
