//! What is related, where images hold it in more ways than are kept apart.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;

use index::{ImageRow, Loader, Question, Run, Sbom, Search};
use jiff::Timestamp;
use model::condition::{Condition, Room};
use proto_types::{Artifact, Field, ImageDigest, Match, Op, ScanStatus};

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
        version: "1".to_owned(),
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

#[test]
fn what_is_related_is_counted_however_many_ways_there_are_to_hold_it() {
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
    let index = loader.finish(1, Timestamp::UNIX_EPOCH).unwrap();
    let name = Match {
        field: Field::Name,
        op: Op::Eq,
        value: "openssl".to_owned(),
    };
    let question = Question {
        artifact: vec![Condition::new(name, &Room::of(&[]).unwrap()).unwrap()],
        pin: index.seq(),
        ..Question::default()
    };
    let related = Search::new(&index, &question).related();
    assert_eq!(related.len(), PACKAGES as usize);
    for (package, related) in (0..).zip(related) {
        let holding = (1..=IMAGES).filter(|image| image >> package & 1 == 1);
        let hosts: BTreeSet<u32> = holding.flat_map(hosts_of).collect();
        let counts = (related.images, related.containers, related.hosts);
        assert_eq!(related.name, format!("lib{package}"));
        assert_eq!(counts, (64, 128, hosts.len() as u64));
    }
}
