//! The commands besides `find`.

use proto_types::{
    ContainersResponse, CreateHost, CreateToken, CreateTokenResponse, Done, GetHost, GetImage,
    GetStatus, Host, HostCode, HostState, HostsResponse, ImageDetail, ImageState, ImageSummary,
    ImagesResponse, ListContainers, ListHosts, ListImages, Opinion, RemoveHost, RetryImage, Role,
    RunningContainer, ScanStatus, SecondOpinion, StatusResponse, TlsStatus, WithdrawHost,
    WithdrawImage, Withdrawal, Withdrawn,
};

use crate::fake::{COMPLETE, Fake, digest, time};

fn image(byte: u8) -> ImageSummary {
    ImageSummary {
        digest: digest(byte),
        state: ImageState::Complete,
        names: vec!["nginx:1.27".to_owned()],
        distro: "debian".to_owned(),
        distro_version: "12".to_owned(),
        facts: proto_types::ImageFacts {
            distro_codename: Some("bookworm".to_owned()),
            distro_cpe: None,
            aliases: vec![digest(0xcd)],
            architecture: Some("amd64".to_owned()),
            size_bytes: Some(196_450_123),
            created_at: Some(time("2026-03-01T08:00:00Z")),
        },
        artifact_count: 117,
        containers: 2,
        hosts: 1,
        scanner: Some("syft 1.18.1".to_owned()),
        scanned_by: Some("web1".to_owned()),
        scanned_at: Some(time("2026-03-28T12:00:00Z")),
        second_opinion: Some(SecondOpinion {
            opinion: Opinion::Confirmed,
            host: Some("db1".to_owned()),
            scanner: Some("syft 1.18.1".to_owned()),
            at: Some(time("2026-03-28T13:00:00Z")),
        }),
        reason: None,
        first_seen: time("2026-03-28T11:00:00Z"),
        last_seen: None,
    }
}

fn images(images: Vec<ImageSummary>) -> ImagesResponse {
    ImagesResponse {
        total: u64::try_from(images.len()).unwrap(),
        images,
        truncated: false,
        next_cursor: None,
        as_of: time("2026-03-30T12:00:00Z"),
        coverage: COMPLETE,
    }
}

pub fn detail() -> ImageDetail {
    ImageDetail {
        summary: image(0xab),
        artifacts: vec![proto_types::Artifact {
            artifact_type: "deb".to_owned(),
            name: "libssl3".to_owned(),
            version: "3.0.15".to_owned(),
            purl: None,
            source: Some("openssl".to_owned()),
            source_version: Some("3.0.15".to_owned()),
            licenses: vec!["Apache-2.0".to_owned()],
            ..proto_types::Artifact::default()
        }],
        generation: Some(1),
        lease: None,
        failures: vec![],
        conflicts: vec![],
        withdrawn: vec![Withdrawal {
            host: Some("evil".to_owned()),
            scanned_at: time("2026-03-28T11:10:00Z"),
            scanner: Some("syft 1.18.1".to_owned()),
            status: ScanStatus::Complete,
            artifacts: 0,
            at: time("2026-03-28T11:50:00Z"),
            by: "ops".to_owned(),
        }],
        as_of: time("2026-03-30T12:00:00Z"),
        coverage: COMPLETE,
    }
}

pub fn hosts() -> HostsResponse {
    let host = |name: &str, state| Host {
        name: name.to_owned(),
        state,
        added_at: time("2026-03-01T12:00:00Z"),
        enrolled_at: None,
        last_report_at: Some(time("2026-03-30T11:59:00Z")),
        last_full_report_at: Some(time("2026-03-30T11:58:00Z")),
        cloned_since: None,
        seq: 7,
        scanner: None,
        containers: 2,
        images: 1,
        unseen: proto_types::Unseen::default(),
    };
    HostsResponse {
        hosts: vec![
            host("web1", HostState::Reporting),
            host("web2", HostState::Silent),
        ],
        as_of: time("2026-03-30T12:00:00Z"),
        coverage: COMPLETE,
    }
}

#[tokio::test]
async fn an_image_is_found_by_the_beginning_of_its_digest() {
    let fake = Fake::start().await;
    let path = format!("/api/v1/images/{}", digest(0xab));
    fake.answer::<ListImages>(&images(vec![image(0xab)])).await;
    fake.answer_at::<GetImage>(&path, &detail()).await;
    let reference = format!("docker.io/library/nginx@{}", digest(0xab));
    for typed in ["abab", "sha256:ABAB", &digest(0xab).to_string(), &reference] {
        let (code, stdout, stderr) = fake.run(&["image", typed]);
        assert_eq!(code, 0, "{stderr}");
        insta::assert_snapshot!("image", stdout);
    }
    let (_, stdout, _) = fake.run(&["image", "abab", "-o", "csv", "--columns", "name,version"]);
    assert_eq!(stdout, "name,version\nlibssl3,3.0.15\n");
}

#[tokio::test]
async fn a_beginning_that_several_images_share_lists_them() {
    let fake = Fake::start().await;
    fake.answer::<ListImages>(&images(vec![image(0xab), image(0xac)]))
        .await;
    let (code, _, stderr) = fake.run(&["image", "a"]);
    assert_eq!(code, 2);
    assert!(
        stderr.contains("2 image digests start with `a`"),
        "{stderr}"
    );
    assert!(stderr.contains(&digest(0xac).to_string()), "{stderr}");
}

#[tokio::test]
async fn an_image_that_is_not_there_is_an_error() {
    let fake = Fake::start().await;
    fake.answer::<ListImages>(&images(vec![])).await;
    assert_eq!(fake.run(&["image", "ff"]).0, 2);
}

#[tokio::test]
async fn a_retry_asks_for_one() {
    let fake = Fake::start().await;
    let path = format!("/api/v1/images/{}/retry", digest(0xab));
    fake.answer_at::<RetryImage>(&path, &Done {}).await;
    let (code, _, stderr) = fake.run(&["image", &digest(0xab).to_string(), "--retry"]);
    assert_eq!(code, 0, "{stderr}");
}

#[tokio::test]
async fn an_sbom_is_withdrawn_by_its_image_or_by_its_host() {
    let fake = Fake::start().await;
    let path = format!("/api/v1/images/{}/withdraw", digest(0xab));
    let one = Withdrawn { withdrawn: 1 };
    fake.answer_at::<WithdrawImage>(&path, &one).await;
    let (code, _, stderr) = fake.run(&["image", &digest(0xab).to_string(), "--withdraw"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stderr.contains("withdrew the SBOM of sha256:abab"),
        "{stderr}"
    );

    let many = Withdrawn { withdrawn: 1204 };
    let path = "/api/v1/hosts/web1/withdraw";
    fake.answer_at::<WithdrawHost>(path, &many).await;
    fake.answer_at::<RemoveHost>("/api/v1/hosts/web1", &Done {})
        .await;
    let (code, _, stderr) = fake.run(&["host", "remove", "web1", "--withdraw"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("withdrew 1,204 SBOMs that web1 had submitted"));
    let (code, _, stderr) = fake.run(&["host", "withdraw", "web1"]);
    assert_eq!(code, 0, "{stderr}");
}

#[tokio::test]
async fn lists_are_0_even_when_they_are_empty() {
    let fake = Fake::start().await;
    fake.answer::<ListImages>(&images(vec![])).await;
    let (code, stdout, stderr) = fake.run(&["images", "--state", "quarantined", "--not-running"]);
    assert_eq!((code, stdout.as_str()), (0, ""), "{stderr}");
    let asked = fake.server.received_requests().await.unwrap();
    assert_eq!(
        asked[0].url.query(),
        Some("state=quarantined&running=false&limit=0")
    );
}

#[tokio::test]
async fn containers_are_named_by_host_and_name() {
    let fake = Fake::start().await;
    let container = RunningContainer {
        name: "nginx".to_owned(),
        image_name: "nginx:1.27".to_owned(),
        image_digest: digest(1),
        host: "web1".to_owned(),
        running_since: time("2026-03-28T12:00:00Z"),
        until: None,
    };
    let response = ContainersResponse {
        containers: vec![container],
        total: 1,
        truncated: false,
        next_cursor: None,
        as_of: time("2026-03-30T12:00:00Z"),
        coverage: COMPLETE,
    };
    fake.answer::<ListContainers>(&response).await;
    let (code, stdout, _) = fake.run(&["containers", "--host", "web1", "-o", "name"]);
    assert_eq!((code, stdout.as_str()), (0, "web1/nginx\n"));
    let (_, stdout, _) = fake.run(&["containers", "--no-headers", "--columns", "name,host"]);
    assert_eq!(stdout, "nginx  web1\n");
}

#[tokio::test]
async fn hosts_are_listed_with_their_states_in_words() {
    let fake = Fake::start().await;
    fake.answer::<ListHosts>(&hosts()).await;
    let (_, stdout, _) = fake.run(&["hosts"]);
    insta::assert_snapshot!(stdout);
    let (_, stdout, _) = fake.run(&["hosts", "-o", "name"]);
    assert_eq!(stdout, "web1\nweb2\n");
}

#[tokio::test]
async fn one_host_is_shown_and_a_wrong_name_gets_the_nearest() {
    let fake = Fake::start().await;
    fake.answer::<ListHosts>(&hosts()).await;
    fake.answer_at::<GetHost>("/api/v1/hosts/web2", &hosts().hosts[1])
        .await;
    let (code, stdout, _) = fake.run(&["host", "show", "web2"]);
    assert_eq!(code, 0);
    assert!(stdout.contains("state                silent\n"), "{stdout}");
    fake.refuse("not_found", 404).await;
    let (code, _, stderr) = fake.run(&["host", "show", "wbe2"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("hint: did you mean `web2`?"), "{stderr}");
}

#[tokio::test]
async fn a_new_hosts_code_is_alone_on_standard_output() {
    let fake = Fake::start().await;
    let code = HostCode {
        name: "web1".to_owned(),
        code: "c0de".to_owned(),
        expires_at: time("2026-03-28T12:00:00Z"),
    };
    fake.answer::<CreateHost>(&code).await;
    let (exit, stdout, stderr) = fake.run(&["host", "add", "web1"]);
    assert_eq!((exit, stdout.as_str(), stderr.as_str()), (0, "c0de\n", ""));
    // It is told this once, however little is to be said.
    let (_, quiet, _) = fake.run(&["host", "add", "web1", "-q"]);
    assert_eq!(quiet, "c0de\n");
    let (_, stdout, _) = fake.run(&["host", "add", "web1", "-q", "-o", "json"]);
    assert!(stdout.contains("\"code\": \"c0de\""), "{stdout}");
}

#[tokio::test]
async fn a_new_token_is_alone_on_standard_output() {
    let fake = Fake::start().await;
    let token = CreateTokenResponse {
        name: "ci".to_owned(),
        role: Role::Reader,
        token: "t0ken".to_owned(),
        expires_at: None,
    };
    fake.answer::<CreateToken>(&token).await;
    let args = [
        "token",
        "create",
        "ci",
        "--role",
        "reader",
        "--expires-in",
        "30d",
    ];
    let (exit, stdout, _) = fake.run(&args);
    assert_eq!((exit, stdout.as_str()), (0, "t0ken\n"));
    assert_eq!(fake.asked().await[0]["expires_in_seconds"], 2_592_000);
}

pub fn fleet(tls: Option<TlsStatus>) -> StatusResponse {
    StatusResponse {
        version: "0.1.0".to_owned(),
        as_of: time("2026-03-30T12:00:00Z"),
        coverage: COMPLETE,
        counts: proto_types::Counts {
            hosts: 3,
            ..Default::default()
        },
        queue: vec![],
        quarantined: vec![],
        conflicts: vec![],
        tls,
        store: None,
    }
}

#[tokio::test]
async fn status_warns_of_a_certificate_that_ends_or_is_not_in_use() {
    let fake = Fake::start().await;
    let hour = jiff::SignedDuration::from_hours(1);
    let tls = |expires_at| TlsStatus {
        expires_at,
        problem: None,
    };
    let now = jiff::Timestamp::now();
    for (tls, said) in [
        (tls(now - hour), "the server's certificate expired at "),
        (tls(now + hour), "the server's certificate expires at "),
        (
            TlsStatus {
                problem: Some("they do not\u{1b} fit".to_owned()),
                ..tls(now + 1000 * hour)
            },
            "the server's new certificate is not in use: they do not\\x1b fit",
        ),
    ] {
        let fake = Fake::start().await;
        fake.answer::<GetStatus>(&fleet(Some(tls))).await;
        let (code, _, stderr) = fake.run(&["status"]);
        assert_eq!(code, 0);
        assert!(stderr.contains(&format!("warning: {said}")), "{stderr}");
    }
    fake.answer::<GetStatus>(&fleet(Some(tls(now + 1000 * hour))))
        .await;
    let (_, _, stderr) = fake.run(&["status"]);
    assert!(!stderr.contains("certificate"), "{stderr}");
}

#[tokio::test]
async fn status_says_how_much_room_the_store_has_and_warns_where_it_is_little() {
    for (megabytes, is_little) in [(4_100, false), (3_900, true)] {
        let fake = Fake::start().await;
        let store = proto_types::StoreStatus {
            database_bytes: 1_900_000_000,
            wal_bytes: 100_000_000,
            disk_free_bytes: megabytes * 1_000_000,
            disk_bytes: 1_000_000_000_000,
            waiting_changes: 7,
        };
        let status = StatusResponse {
            store: Some(store),
            ..fleet(None)
        };
        fake.answer::<GetStatus>(&status).await;
        let (code, stdout, stderr) = fake.run(&["status"]);
        assert_eq!(code, 0);
        let warns = stderr.contains("the server's disk has 3.90 GB left");
        assert_eq!(warns, is_little, "{stderr}");
        for line in [
            "database            1.90 GB",
            "wal                 100 MB",
            "waiting_changes     7",
        ] {
            assert!(stdout.contains(line), "{stdout}");
        }
    }
}

#[tokio::test]
async fn status_shows_the_fleet() {
    let fake = Fake::start().await;
    let status = fleet(None);
    fake.answer::<GetStatus>(&status).await;
    let (code, stdout, _) = fake.run(&["status"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(stdout);
    assert_eq!(fake.run(&["status", "-o", "csv"]).0, 2);
    let (_, stdout, _) = fake.run(&["status", "-o", "ndjson"]);
    assert_eq!(
        serde_json::from_str::<StatusResponse>(&stdout).unwrap(),
        status
    );
}
