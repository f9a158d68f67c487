//! What is related, where images hold it in more ways than are kept apart.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;

use index::{ImageRow, Index, Loader, Question, Run, Sbom, Search};
use jiff::Timestamp;
use model::condition::{Condition, Room};
use proto_types::{Artifact, Field, ImageDigest, Match, Op, RelatedArtifact, ScanStatus};

const PACKAGES: u32 = 7;
/// One for each way to hold packages, and none that holds nothing.
const IMAGES: u32 = (1 << PACKAGES) - 1;
const HOSTS: u32 = 90;

fn hosts_of(image: u32) -> [u32; 2] {
    [image * 7 % HOSTS + 1, image * image % HOSTS + 1]
}

fn artifact(number: u32) -> Artifact {
    Artifact {
        artifact_type: "deb".to_owned(),
        name: format!("lib{number}"),
        // Even ones are newer.
        version: (2 - number % 2).to_string(),
        source: Some("openssl".to_owned()),
        ..Artifact::default()
    }
}

fn load(loader: &mut Loader, image: u32) {
    let mut digest = [0; 32];
    digest[..4].copy_from_slice(&image.to_le_bytes());
    let row = ImageRow {
        since: 0,
        image,
        digest: ImageDigest::from_bytes(digest),
        aliases: Vec::new(),
        name: format!("app:{image}"),
        first_seen: Timestamp::UNIX_EPOCH,
        last_seen: None,
    };
    loader.image(&row).unwrap();
    let held = (0..PACKAGES).filter(|package| image >> package & 1 == 1);
    let sbom = Sbom {
        detail: 0,
        status: Some(ScanStatus::Complete),
        distro: "debian".to_owned(),
        distro_version: "12".to_owned(),
        artifacts: held.map(|package| package + 1).collect(),
    };
    loader.sbom(image, &sbom, 1).unwrap();
    for (place, host) in (0..).zip(hosts_of(image)) {
        let run = Run {
            run: u64::from(image) * 2 + place,
            host,
            image,
            container: format!("app-{place}"),
            image_name: row.name.clone(),
            since: Timestamp::UNIX_EPOCH,
        };
        loader.run(&run, 1, None).unwrap();
    }
}

fn loaded() -> Index {
    let mut loader = Loader::default();
    for host in 1..=HOSTS {
        loader.host(host, &format!("web-{host}")).unwrap();
    }
    for package in 0..PACKAGES {
        loader.artifact(package + 1, &artifact(package)).unwrap();
    }
    for image in 1..=IMAGES {
        load(&mut loader, image);
    }
    loader.finish(1, Timestamp::UNIX_EPOCH).unwrap()
}

fn related(index: &Index, terms: &[(Field, Op, &str)]) -> Vec<RelatedArtifact> {
    let room = Room::of(&[]).unwrap();
    let conditions = terms.iter().map(|(field, op, value)| {
        let one = Match {
            field: *field,
            op: *op,
            value: (*value).to_owned(),
        };
        Condition::new(one, &room).unwrap()
    });
    let question = Question {
        artifact: conditions.collect(),
        pin: index.seq(),
        ..Question::default()
    };
    Search::new(index, &question).related()
}

#[test]
fn what_is_related_is_counted_however_many_ways_there_are_to_hold_it() {
    let index = loaded();
    let related = related(&index, &[(Field::Name, Op::Eq, "openssl")]);
    assert_eq!(related.len(), PACKAGES as usize);
    for (package, related) in (0..).zip(related) {
        let holding = (1..=IMAGES).filter(|image| image >> package & 1 == 1);
        let hosts: BTreeSet<u32> = holding.flat_map(hosts_of).collect();
        let counts = (related.images, related.containers, related.hosts);
        assert_eq!(related.name, format!("lib{package}"));
        assert_eq!(counts, (64, 128, hosts.len() as u64));
    }
}

#[test]
fn what_is_related_fits_the_rest_of_the_question() {
    let index = loaded();
    let name = (Field::Name, Op::Eq, "openssl");
    let of = |terms: &[_]| -> Vec<String> {
        let related = related(&index, terms).into_iter();
        related.map(|one| one.name).collect()
    };
    assert_eq!(
        of(&[name, (Field::Version, Op::Lt, "2")]),
        ["lib1", "lib3", "lib5"]
    );
    assert_eq!(of(&[name, (Field::Type, Op::Eq, "apk")]), [""; 0]);
}
