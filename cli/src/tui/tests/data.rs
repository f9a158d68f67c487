//! What the tests' server knows: a few artifacts, images, containers and hosts.

use jiff::Timestamp;
use proto_types::{
    Artifact, Change, ChangeKind, ConflictingImage, CoverImage, Coverage, FindResult, Group,
    GroupBy, Host, HostState, ImageDigest, ImageState, ImageSummary, Opinion, QueuedImage,
    RelatedArtifact, RunningContainer, Runtime, SecondOpinion, Summary, TimelinePoint, Unseen,
};

use crate::output::diff::DiffRow;
use crate::tui::{
    answer::{About, ImageAbout, Run},
    item::Item,
    rollout,
    stack::{self, Layer},
    uncovered::Uncovered,
};

pub(super) fn now() -> Timestamp {
    "2026-03-28T14:02:11Z".parse().unwrap()
}

pub(super) fn ago(hours: i64) -> Timestamp {
    now()
        .checked_sub(jiff::SignedDuration::from_hours(hours))
        .unwrap()
}

pub(super) fn partial() -> Coverage {
    model::proof::judged(Coverage {
        hosts: 90,
        silent_hosts: 3,
        running_images: 120,
        images_without_sbom: 2,
        images_partial: 1,
        ..Coverage::default()
    })
}

pub(super) fn complete() -> Coverage {
    model::proof::judged(Coverage {
        hosts: 90,
        running_images: 120,
        ..Coverage::default()
    })
}

pub(super) fn digest(byte: u8) -> ImageDigest {
    ImageDigest::from_bytes([byte; 32])
}

pub(super) fn group(key: &str, label: Option<&str>, containers: u64) -> Group {
    Group {
        key: key.to_owned(),
        label: label.map(str::to_owned),
        artifacts: 2,
        images: 1 + containers / 20,
        containers,
        hosts: 1 + containers / 3,
    }
}

pub(super) fn groups(by: GroupBy) -> Vec<Item> {
    let nginx = digest(0xa0).to_string();
    let redis = digest(0x4e).to_string();
    let groups = match by {
        GroupBy::Version => vec![
            group("3.0.17-1~deb12u2", Some("deb"), 130),
            group("3.0.15-1~deb12u1", Some("deb"), 70),
            group("1.1.1w-0+deb11u1", Some("deb"), 12),
        ],
        GroupBy::Image => vec![
            group(&nginx, Some("docker.io/library/nginx:1.27.5"), 120),
            group(&redis, Some("docker.io/library/redis:7.4.1"), 10),
        ],
        GroupBy::Host => vec![group("web-01", None, 4), group("web-02", None, 3)],
        _ => vec![
            group("bash", None, 200),
            group("libssl3", None, 1260),
            group("openssl", None, 212),
        ],
    };
    groups.into_iter().map(|one| Item::Group(by, one)).collect()
}

pub(super) fn one_found(host: &str, container: &str) -> FindResult {
    FindResult {
        artifact_type: "deb".to_owned(),
        name: "openssl".to_owned(),
        version: "3.0.17-1~deb12u2".to_owned(),
        purl: Some("pkg:deb/debian/openssl@3.0.17-1~deb12u2?arch=amd64".to_owned()),
        source: None,
        source_version: None,
        module: None,
        container: container.to_owned(),
        image_name: "docker.io/library/nginx:1.27.5".to_owned(),
        image_digest: digest(0xa0),
        host: host.to_owned(),
        running_since: ago(50),
        until: None,
    }
}

pub(super) fn found() -> Vec<Item> {
    let pairs = [
        ("web-01", "nginx-1"),
        ("web-01", "nginx-2"),
        ("web-02", "nginx-1"),
    ];
    let rows = pairs.iter().map(|(host, name)| one_found(host, name));
    rows.map(|one| Item::Found(Box::new(one))).collect()
}

pub(super) fn image(byte: u8, name: &str, state: ImageState) -> ImageSummary {
    ImageSummary {
        digest: digest(byte),
        state,
        names: vec![name.to_owned()],
        distro: "debian".to_owned(),
        distro_version: "12".to_owned(),
        facts: proto_types::ImageFacts::default(),
        artifact_count: 117,
        containers: 38,
        hosts: 19,
        scanner: Some("syft 1.18.1".to_owned()),
        scanned_by: Some("web-02".to_owned()),
        second_opinion: Some(SecondOpinion {
            opinion: Opinion::Conflict,
            host: Some("web-07".to_owned()),
            scanner: Some("syft 1.18.1".to_owned()),
            at: Some(ago(119)),
        }),
        scanned_at: Some(ago(120)),
        reason: None,
        first_seen: ago(130),
        last_seen: None,
    }
}

pub(super) fn images() -> Vec<Item> {
    let images = [
        image(0x4e, "docker.io/library/redis:7.4.1", ImageState::Complete),
        image(
            0x54,
            "quay.io/prometheus/prometheus:v2.53.0",
            ImageState::Quarantined,
        ),
        image(0xa0, "docker.io/library/nginx:1.27.5", ImageState::Complete),
    ];
    images
        .into_iter()
        .map(|one| Item::Image(Box::new(one)))
        .collect()
}

pub(super) fn host(name: &str, state: HostState, hours: i64) -> Host {
    Host {
        name: name.to_owned(),
        state,
        added_at: ago(900),
        enrolled_at: Some(ago(899)),
        last_report_at: Some(ago(hours)),
        last_full_report_at: Some(ago(hours)),
        cloned_since: None,
        seq: 7,
        scanner: Some("syft 1.18.1".to_owned()),
        containers: 4,
        images: 3,
        unseen: Unseen::default(),
    }
}

/// A container without an image, and two runtimes of which one is acknowledged.
fn unseen() -> Unseen {
    let runtime = |kind: &str, detail: &str, acknowledged| Runtime {
        kind: kind.to_owned(),
        detail: detail.to_owned(),
        acknowledged,
    };
    Unseen {
        containers_without_image: 1,
        runtimes: vec![
            runtime("podman", "alice", false),
            runtime("docker", "", true),
        ],
    }
}

pub(super) fn hosts() -> Vec<Item> {
    let mut hosts = [
        host("edge-07", HostState::Silent, 50),
        host("web-01", HostState::Reporting, 0),
        host("web-02", HostState::Incomplete, 1),
    ];
    hosts[1].unseen = unseen();
    hosts
        .into_iter()
        .map(|one| Item::Host(Box::new(one)))
        .collect()
}

/// A rollout that is under way: 17 hosts, of which two run none and one is silent. Where that is asked, the
/// oldest two versions are affected.
pub(super) fn rollout(is_judged: bool) -> Vec<Item> {
    let counted = groups(GroupBy::Version).into_iter();
    let counted = counted.filter_map(|item| match item {
        Item::Group(_, group) => Some((group.key, group.label.unwrap_or_default())),
        _ => None,
    });
    let hosts = (0..17).map(|number| {
        let state = if number == 16 {
            HostState::Silent
        } else {
            HostState::Reporting
        };
        host(&format!("host-{number:02}"), state, 0)
    });
    let on = |hosts: std::ops::Range<u64>| hosts.map(|number| (format!("host-{number:02}"), 3));
    let hosts_of: [Vec<(String, u64)>; 3] = [
        on(0..8).collect(),
        on(7..12).collect(),
        on(12..14).collect(),
    ];
    let found = rollout::releases(counted).into_iter().zip(hosts_of);
    let mut rows = rollout::by_host(hosts.collect(), found.collect());
    if is_judged {
        rollout::judge(&mut rows, &on(7..14).collect());
    }
    let rows = rows.into_iter();
    rows.map(|one| Item::OnHost(Box::new(one))).collect()
}

/// What is the matter with these hosts and images, as the worker finds it.
pub(super) fn uncovered() -> Vec<Item> {
    let all = hosts().into_iter().chain(images());
    let mut rows: Vec<Uncovered> = all
        .filter_map(|item| match item {
            Item::Host(host) => Uncovered::host(&host),
            Item::Image(image) => Uncovered::image(&image, Some(&failing(image.digest))),
            _ => None,
        })
        .collect();
    rows.push(Uncovered::conflict(&conflict()));
    Uncovered::sort(&mut rows);
    let rows = rows.into_iter();
    rows.map(|one| Item::Uncovered(Box::new(one))).collect()
}

fn failing(digest: ImageDigest) -> QueuedImage {
    QueuedImage {
        digest,
        image_name: String::new(),
        containers: 0,
        lease: None,
        failures: 5,
        last_failure: Some("a layer is not a tar archive".to_owned()),
        not_before: None,
    }
}

fn conflict() -> ConflictingImage {
    ConflictingImage {
        digest: digest(0xa0),
        image_name: "docker.io/library/nginx:1.27.5".to_owned(),
        containers: 38,
        scanned_by: "web-02".to_owned(),
        host: "web-07".to_owned(),
        scanner: Some("syft 1.18.1".to_owned()),
        at: ago(119),
    }
}

pub(super) fn artifact(name: &str, version: &str) -> Artifact {
    Artifact {
        artifact_type: "deb".to_owned(),
        name: name.to_owned(),
        version: version.to_owned(),
        purl: Some(format!("pkg:deb/debian/{name}@{version}?arch=amd64")),
        source: Some(name.trim_start_matches("lib").to_owned()),
        ..Artifact::default()
    }
}

pub(super) fn contents() -> Vec<Item> {
    let all = [
        artifact("bash", "5.2.15-2+b7"),
        artifact("libssl3", "3.0.9-1"),
        artifact("libssl3", "3.0.17-1~deb12u2"),
        artifact("openssl", "3.0.17-1~deb12u2"),
    ];
    all.into_iter().map(Item::Artifact).collect()
}

pub(super) fn containers() -> Vec<Item> {
    let names = ["nginx-1", "nginx-2", "redis-1"];
    let all = names.iter().map(|name| RunningContainer {
        name: (*name).to_owned(),
        image_name: "docker.io/library/nginx:1.27.5".to_owned(),
        image_digest: digest(0xa0),
        host: "web-01".to_owned(),
        running_since: ago(50),
        until: None,
    });
    all.map(|one| Item::Container(Box::new(one))).collect()
}

/// What to rebuild first.
pub(super) fn cover() -> Vec<Item> {
    let image = |byte, image_name: &str, hosts_clean| CoverImage {
        image_digest: digest(byte),
        image_name: image_name.to_owned(),
        containers: 20,
        hosts: 12,
        hosts_clean,
    };
    let all = [
        image(0xa0, "docker.io/library/nginx:1.27.5", 70),
        image(0x4e, "docker.io/library/redis:7.4.1", 87),
    ];
    let all = all.into_iter();
    all.map(|one| Item::Cover(Box::new(one))).collect()
}

/// What two images hold differently.
pub(super) fn differing() -> Vec<Item> {
    let row = |change, name: &str, from: &[&str], to: &[&str]| DiffRow {
        change,
        artifact_type: "deb".to_owned(),
        name: name.to_owned(),
        from: from.iter().map(|one| (*one).to_owned()).collect(),
        to: to.iter().map(|one| (*one).to_owned()).collect(),
    };
    let all = [
        row(
            "up",
            "openssl",
            &["3.0.15-1~deb12u1"],
            &["3.0.17-1~deb12u2"],
        ),
        row("added", "redis", &[], &["7.4.1"]),
        row("removed", "nginx", &["1.27.5"], &[]),
    ];
    let all = all.into_iter();
    all.map(|one| Item::Differs(Box::new(one))).collect()
}

pub(super) fn change(kind: ChangeKind, minutes: i64, container: &str) -> Change {
    let at = now().checked_sub(jiff::SignedDuration::from_mins(minutes));
    Change {
        at: at.unwrap(),
        kind,
        host: Some("web-01".to_owned()),
        container: Some(container.to_owned()),
        image_name: Some("docker.io/library/nginx:1.27.5".to_owned()),
        image_digest: Some(digest(0xa0)),
        artifact: None,
    }
}

/// A container that was replaced, and an artifact that came with it.
pub(super) fn changes() -> Vec<Item> {
    let appeared = Change {
        kind: ChangeKind::Appeared,
        host: None,
        container: None,
        image_name: None,
        image_digest: None,
        artifact: Some(artifact("openssl", "3.0.17-1~deb12u2")),
        ..change(ChangeKind::Appeared, 3, "")
    };
    let all = [
        change(ChangeKind::Started, 2, "nginx-2"),
        appeared,
        change(ChangeKind::Stopped, 5, "nginx-1"),
    ];
    let all = all.into_iter();
    all.map(|one| Item::Change(Box::new(one))).collect()
}

pub(super) fn about() -> About {
    let points = (0..40u32).map(|at| TimelinePoint {
        at: ago(i64::from(40 - at) * 18),
        containers: u64::from(40 + at * at / 8),
    });
    About {
        sample: Some(one_found("web-01", "nginx-1")),
        summary: Some(Summary {
            containers: 212,
            first_seen: Some(ago(900)),
            ..Summary::default()
        }),
        related: vec![RelatedArtifact {
            artifact_type: "deb".to_owned(),
            name: "libssl3".to_owned(),
            images: 14,
            containers: 1260,
            hosts: 80,
        }],
        timeline: points.collect(),
        stack: stack(),
        image: Some(ImageAbout {
            summary: image(0xa0, "docker.io/library/nginx:1.27.5", ImageState::Complete),
            lease: None,
            failures: (1, Some("a layer is not a tar archive".to_owned())),
            conflicts: 0,
            withdrawn: None,
        }),
        runs: vec![
            run("3.0.17-1~deb12u2", 50, None),
            run("3.0.15-1~deb12u1", 500, Some(50)),
        ],
        host: Some(host("web-01", HostState::Reporting, 0)),
        judged: Vec::new(),
        changes: vec![
            change(ChangeKind::Started, 2, "nginx-2"),
            change(ChangeKind::Stopped, 5, "nginx-1"),
        ],
    }
}

/// What the containers over time are made up of: an old version that falls and two newer ones.
fn stack() -> Vec<Layer> {
    let releases =
        rollout::releases(
            groups(GroupBy::Version)
                .into_iter()
                .filter_map(|item| match item {
                    Item::Group(_, group) => Some((group.key, group.label.unwrap_or_default())),
                    _ => None,
                }),
        );
    let counts = |of: fn(u64) -> u64| (0..40).map(of).collect::<Vec<u64>>();
    let counted = [
        counts(|at| at * at / 8),
        counts(|at| at),
        counts(|at| 40 - at),
    ];
    stack::layers(releases.into_iter().zip(counted).collect(), false, &[])
}

fn run(label: &str, since: i64, until: Option<i64>) -> Run {
    Run {
        label: label.to_owned(),
        since: ago(since),
        until: until.map(ago),
    }
}
