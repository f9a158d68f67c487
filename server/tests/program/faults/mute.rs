//! A standard error that nothing can be written to, as a log on a full disk is.

use std::fs::File;

use proto_types::Enroll;

use super::{super::load, host, quiet::Quiet};

#[tokio::test]
async fn a_log_that_cannot_be_written_costs_nobody_anything() {
    let dir = tempfile::tempdir().unwrap();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let server = Quiet::start(dir.path(), full).await;
    let admin = server.client(None);
    let code = admin.send(&host("host0")).await.unwrap().code;
    let token = admin.send(&Enroll::by(code)).await.unwrap().token;
    let reporting = server.client(Some(token));
    let answer = reporting.send(&load::report(0, 1)).await.unwrap();
    assert_eq!(answer.leases.len(), 1, "a lease is logged as it is granted");
}
