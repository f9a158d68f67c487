//! A standard error that nothing can be written to, as a log on a full disk is.

use std::{
    fs::File,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use client::{Client, ServerAddress};
use proto_types::{Enroll, FullReport, GetStatus, ImageDigest, ReportedContainer};

use super::{super::server::program, host};

struct Mute(Child);

impl Drop for Mute {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn a_log_that_cannot_be_written_costs_nobody_anything() {
    let dir = tempfile::tempdir().unwrap();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut command = program(dir.path());
    command
        .args(["--listen", "127.0.0.1:0"])
        .stderr(Stdio::from(full));
    let _server = Mute(command.env("ASSETMON_LOG", "trace").spawn().unwrap());
    let client = |token| {
        let socket = ServerAddress::Unix(dir.path().join("admin.sock"));
        Client::new(socket, token).unwrap()
    };
    let admin = client(None);
    let begun = Instant::now();
    while admin.send(&GetStatus {}).await.is_err() {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "it never answers"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let code = admin.send(&host("web")).await.unwrap().code;
    let token = admin
        .send(&Enroll {
            code,
            certificate: false,
        })
        .await
        .unwrap()
        .token;
    let report = FullReport {
        host: "web".to_owned(),
        seq: Some(1),
        complete: true,
        scanner: None,
        detail: 0,
        machine: None,
        unseen: proto_types::Unseen::default(),
        containers: vec![ReportedContainer {
            name: "c".to_owned(),
            image_name: "image".to_owned(),
            image_digest: ImageDigest::from_bytes([7; 32]),
        }],
    };
    let answer = client(Some(token)).send(&report).await.unwrap();
    assert_eq!(answer.leases.len(), 1, "a lease is logged as it is granted");
}
