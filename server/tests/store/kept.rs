//! What a question may need later: whatever a scan tells of artifacts and of their image is kept.

use assetmon_server::store::sbom::Sbom;
use model::side::Side;
use proto_types::{Artifact, Field, ImageFacts, Op, ScanReport, ScanStatus};

use crate::common::{self, at, complete, deb, fleet::*, image, nodejs, scan, started};

fn facts() -> ImageFacts {
    ImageFacts {
        distro_codename: Some("bookworm".to_owned()),
        distro_cpe: Some("cpe:/o:debian:debian_linux:12".to_owned()),
        aliases: vec![image(101), image(102)],
        architecture: Some("amd64".to_owned()),
        size_bytes: Some(123_456_789),
        created_at: Some(at(-86_400)),
    }
}

/// An SBOM of these artifacts, and of an image with these facts.
fn sbom(on: u8, artifacts: &[Artifact], facts: ImageFacts) -> Sbom {
    let mut report: ScanReport = scan(on, artifacts, ScanStatus::Complete);
    report.image.facts = facts;
    common::sbom(report)
}

#[tokio::test]
async fn whatever_is_known_of_an_artifact_is_kept_and_exported() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[nodejs()]).await;
    assert_eq!(fleet.image(1).await.artifacts, [nodejs()]);
    let holdings = fleet.store.holdings(Side::Image(image(1)), fleet.now());
    assert_eq!(holdings.await.unwrap().artifacts, [nodejs()]);
}

#[tokio::test]
async fn a_result_names_source_version_and_module() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[nodejs()]).await;
    let found = fleet.find(one(Field::Module, Op::Prefix, "nodejs:18:"));
    let results = found.await.results.unwrap();
    assert_eq!(results[0].module, nodejs().module);
    assert_eq!(results[0].source_version, nodejs().source_version);
}

#[tokio::test]
async fn licenses_are_a_set_and_those_beyond_a_bound_are_left_out() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let licenses = [
        "b".to_owned(),
        String::new(),
        "a".to_owned(),
        "b".to_owned(),
    ];
    let long = "x".repeat(2000);
    let told = Artifact {
        licenses: licenses.into_iter().chain([long]).collect(),
        ..deb("x", "1")
    };
    fleet.run(&web, &[("a", 1)], &[told]).await;
    assert_eq!(fleet.image(1).await.artifacts[0].licenses, ["a", "b"]);
}

#[tokio::test]
async fn an_older_agents_artifacts_get_their_source_version_from_their_purl() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let told = Artifact {
        purl: Some("pkg:deb/debian/dmsetup@2:1.02.185-2?upstream=lvm2%402.03.16-2".to_owned()),
        source: Some("lvm2".to_owned()),
        ..deb("dmsetup", "2:1.02.185-2")
    };
    fleet.run(&web, &[("a", 1)], &[told]).await;
    let found = fleet.find(one(Field::SourceVersion, Op::Eq, "2.03.16-2"));
    assert_eq!(found.await.total, 1);
}

#[tokio::test]
async fn an_artifact_that_is_known_in_more_detail_did_not_appear_anew() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    fleet.pass(100);
    let more = Artifact {
        licenses: vec!["MIT".to_owned()],
        ..deb("x", "1")
    };
    fleet.run(&web, &[("a", 1), ("b", 2)], &[more]).await;
    let request = proto_types::ListChanges {
        since: Some(at(0)),
        ..proto_types::ListChanges::default()
    };
    let changes = fleet.store.changes(request, fleet.now());
    let appeared: Vec<_> = changes
        .await
        .unwrap()
        .changes
        .into_iter()
        .filter(|change| change.artifact.is_some())
        .collect();
    assert_eq!(appeared.len(), 1);
    assert_eq!(appeared[0].at, at(0));
}

#[tokio::test]
async fn the_facts_of_an_image_are_kept() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(fleet.image(1).await.summary.facts, ImageFacts::default());
    let upload = fleet.upload(&web, &lease, sbom(1, &[], facts()));
    upload.await.unwrap();
    let fleet = fleet.reopened();
    assert_eq!(fleet.image(1).await.summary.facts, facts());
}

#[tokio::test]
async fn an_alias_names_the_image_wherever_a_digest_does() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let upload = fleet.upload(&web, &lease, sbom(1, &[deb("x", "1")], facts()));
    upload.await.unwrap();
    fleet
        .run(&web, &[("a", 1), ("b", 2)], &[deb("x", "1")])
        .await;

    let alias = image(101).to_string();
    for (op, value, hosts) in [
        (Op::Eq, alias.as_str(), vec![1]),
        (Op::Ne, &alias, vec![2]),
        (Op::Prefix, &alias[..20], vec![1]),
        (Op::Contains, &alias[10..], vec![1]),
    ] {
        let found = fleet.find(one(Field::ImageDigest, op, value)).await;
        let digests: Vec<u8> = found
            .results
            .unwrap()
            .iter()
            .map(|result| result.image_digest.as_bytes()[0])
            .collect();
        assert_eq!(digests, hosts, "{op} {value}");
    }
    let detail = fleet.store.image(image(101), fleet.now()).await.unwrap();
    assert_eq!(detail.summary.digest, image(1));
    let request = proto_types::ListContainers {
        image_digest: Some(image(102)),
        ..proto_types::ListContainers::default()
    };
    assert_eq!(names(&fleet.containers(request).await), ["web/a"]);
    let request = proto_types::ListImages {
        digest_prefix: Some("6565".to_owned()),
        ..proto_types::ListImages::default()
    };
    let images = fleet.store.images(request, fleet.now()).await.unwrap();
    assert_eq!(images.images[0].digest, image(1));
    let side = Side::Image(image(101));
    assert!(fleet.store.holdings(side, fleet.now()).await.is_ok());
}

#[tokio::test]
async fn a_digest_that_names_several_images_is_answered_with_theirs() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    for (container, on) in [("a", 1), ("b", 2)] {
        let lease = fleet.update(&web, started(container, on)).await.unwrap();
        let upload = fleet.upload(&web, &lease.leases[0], sbom(on, &[deb("x", "1")], facts()));
        upload.await.unwrap();
    }
    let found = fleet.find(one(Field::ImageDigest, Op::Eq, &image(101).to_string()));
    assert_eq!(found.await.total, 2);
    let error = refused(fleet.store.image(image(101), fleet.now()).await).to_string();
    assert!(error.contains("names 2 images"), "{error}");
    assert!(error.contains(&image(2).to_string()), "{error}");
}

#[tokio::test]
async fn an_image_takes_no_upload_by_an_alias() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    let upload = fleet.upload(&web, &lease, sbom(1, &[], facts()));
    upload.await.unwrap();
    refused(fleet.upload(&web, &lease, complete(101, &[])).await);
}
