//! Memory: what the index takes stays within bounds that are named here, by artifact, by pair of
//! image and artifact, and by run; also where years of names come and go.
#![allow(clippy::unwrap_used, missing_docs)]

use index::{Added, Change, Commit, ImageRow, Index, Loader, Run, Sbom, Sizes};
use jiff::Timestamp;
use proto_types::{Artifact, ImageDigest, ScanStatus};

const IMAGES: u32 = 1_000;
const HOSTS: u32 = 1_000;
const RUNS_OF_HOST: u32 = 20;
/// What all images of a base have in common, and what an image has alone.
const OF_BASE: u32 = 200;
const OF_IMAGE: u32 = 40;
const BASES: u32 = 10;
const ARTIFACTS: u32 = BASES * OF_BASE + IMAGES * OF_IMAGE;
const PAIRS: u32 = IMAGES * (OF_BASE + OF_IMAGE);
const RUNS: u32 = HOSTS * RUNS_OF_HOST;

/// An artifact whose name four others have, of twelve letters.
fn artifact(number: u32) -> Artifact {
    Artifact {
        artifact_type: "npm".to_owned(),
        name: format!("package-{:04}", number / 5),
        version: format!("1.{}.{}", number % 5, number % 40),
        ..Artifact::default()
    }
}

fn at() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn image(image: u32) -> ImageRow {
    let mut digest = [0; 32];
    digest[..4].copy_from_slice(&image.to_le_bytes());
    ImageRow {
        since: 0,
        image,
        digest: ImageDigest::from_bytes(digest),
        aliases: Vec::new(),
        name: format!("registry.example.org/team/app:{image}"),
        first_seen: at(),
        last_seen: None,
    }
}

fn sbom(image: u32) -> Sbom {
    let base = image % BASES * OF_BASE;
    let own = BASES * OF_BASE + (image - 1) * OF_IMAGE;
    let numbers = (base..base + OF_BASE).chain(own..own + OF_IMAGE);
    Sbom {
        detail: 0,
        status: Some(ScanStatus::Complete),
        distro: "debian".to_owned(),
        distro_version: "12".to_owned(),
        artifacts: numbers.map(|number| number + 1).collect(),
    }
}

fn run(number: u32) -> Run {
    let image = number % IMAGES + 1;
    Run {
        run: u64::from(number) + 1,
        host: number / RUNS_OF_HOST + 1,
        image,
        container: format!("app-{}", number % 500),
        image_name: format!("registry.example.org/team/app:{image}"),
        since: at(),
    }
}

fn read() -> Index {
    let mut loader = Loader::default();
    for host in 1..=HOSTS {
        loader.host(host, &format!("web-fra1-{host:05}")).unwrap();
    }
    for number in 1..=IMAGES {
        loader.image(&image(number)).unwrap();
    }
    for number in 1..=ARTIFACTS {
        loader.artifact(number, &artifact(number)).unwrap();
    }
    for number in 1..=IMAGES {
        loader.sbom(number, &sbom(number), 1).unwrap();
    }
    for number in 0..RUNS {
        loader.run(&run(number), 1, None).unwrap();
    }
    loader.finish(1, at()).unwrap()
}

/// The same fleet, told of commit by commit.
fn told() -> Index {
    let mut index = Index::new();
    let hosts = (1..=HOSTS).map(|host| Change::Host {
        host,
        name: format!("web-fra1-{host:05}"),
    });
    tell(&mut index, hosts.collect());
    for number in 1..=ARTIFACTS {
        let artifact = artifact(number);
        tell(
            &mut index,
            vec![Change::Artifacts(Added::one(number, &artifact))],
        );
    }
    for number in 1..=IMAGES {
        let row = image(number);
        let added = Change::Image {
            image: number,
            digest: row.digest,
            name: row.name,
            first_seen: row.first_seen,
        };
        let (image, sbom) = (number, sbom(number));
        tell(&mut index, vec![added, Change::Sbom { image, sbom }]);
    }
    for number in 0..RUNS {
        tell(&mut index, vec![Change::RunBegan(run(number))]);
    }
    index.settle();
    index
}

fn tell(index: &mut Index, changes: Vec<Change>) {
    let seq = index.seq() + 1;
    let at = at();
    index.apply(&Commit { seq, at, changes }).unwrap();
}

/// Bytes for each: an artifact with its texts and what finds it, an artifact and a pair in which
/// images hold it, a pair in what an image holds, a run, and a host.
struct Bounds {
    artifact: u32,
    posting: (u32, u32),
    pair: (u32, u32),
    run: u32,
    host: u32,
}

fn holds(sizes: Sizes, bounds: &Bounds) {
    let within = |what: &str, size: usize, bound: u32| {
        assert!(
            size <= bound as usize,
            "{what}: {size} of {bound}, {sizes:?}"
        );
    };
    within("artifacts", sizes.artifacts, bounds.artifact * ARTIFACTS);
    let (each, pair) = bounds.posting;
    within("postings", sizes.postings, each * ARTIFACTS + pair * PAIRS);
    let (each, pair) = bounds.pair;
    within("images", sizes.images, each * IMAGES + pair * PAIRS);
    within("runs", sizes.runs, bounds.run * RUNS);
    within("hosts", sizes.hosts, bounds.host * HOSTS);
}

#[test]
fn what_was_read_takes_no_more_than_it_must() {
    let bounds = Bounds {
        artifact: 28,
        posting: (4, 2),
        pair: (260, 2),
        run: 68,
        host: 64,
    };
    holds(read().sizes(), &bounds);
}

#[test]
fn what_was_told_takes_no_more_than_twice_that() {
    let bounds = Bounds {
        artifact: 56,
        posting: (8, 4),
        pair: (520, 4),
        run: 144,
        host: 128,
    };
    holds(told().sizes(), &bounds);
}

#[test]
fn names_that_come_and_go_do_not_pile_up() {
    let mut index = read();
    let before = index.sizes();
    for turn in 0..60_u32 {
        churn(&mut index, turn);
    }
    let after = index.sizes();
    // The names that came and went have 7 MB, without what finds them.
    let more = (after.runs + after.artifacts) - (before.runs + before.artifacts);
    assert!(more < 3 << 20, "{before:?} {after:?}");
}

/// A thousand containers that end, each with a name that never was, and a thousand artifacts that
/// no image holds in the end.
fn churn(index: &mut Index, turn: u32) {
    let (mut come, mut go) = (Vec::new(), Vec::new());
    for number in 0..1_000 {
        let once = RUNS + turn * 1_000 + number;
        let name = format!("{once:040}");
        let began = Run {
            host: 1 + number,
            container: name.clone(),
            ..run(once)
        };
        let (run, host) = (began.run, began.host);
        let until = at();
        let number = ARTIFACTS + turn * 1_000 + number + 1;
        let artifact = Artifact {
            version: name.clone(),
            name,
            ..artifact(number)
        };
        come.extend([
            Change::RunBegan(began),
            Change::Artifacts(Added::one(number, &artifact)),
            Change::RunEnded { run, host, until },
        ]);
        go.extend([
            Change::RunDropped { run, host },
            Change::ArtifactDropped { number },
        ]);
    }
    tell(index, come);
    tell(index, go);
    index.forget(index.seq());
}
