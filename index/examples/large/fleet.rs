//! The fleet: images on bases, with packages that a base's images share, that an application's
//! images share, and that no other image has.

use std::collections::HashMap;

use index::{ImageRow, Loader, Run, Sbom, Seq};
use jiff::Timestamp;
use proto_types::{Artifact, ImageDigest, ScanStatus};

use super::random::Random;

const BASES: u32 = 60;
const OF_BASE: u64 = 350;
const OF_APPLICATION: u64 = 110;
const OF_IMAGE: u64 = 46;
const CONTAINERS: u32 = 20;
/// Images of one application.
const TAGS: u32 = 5;
pub const LAST: Seq = 1_000_000;
/// Seconds: half of the past is before, and most of what runs began before it.
pub const NOW: i64 = 2_000_000;

pub struct Fleet {
    hosts: u32,
    images: u32,
}

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

/// What is stored so far.
struct Stored<'l> {
    loader: &'l mut Loader,
    next: u32,
    of_bases: HashMap<(String, String), u32>,
}

impl Stored<'_> {
    fn add(&mut self, artifact: &Artifact) -> u32 {
        self.next += 1;
        self.loader.artifact(self.next, artifact).unwrap();
        self.next
    }

    fn once(&mut self, artifact: &Artifact) -> u32 {
        let key = (artifact.name.clone(), artifact.version.clone());
        if let Some(known) = self.of_bases.get(&key) {
            return *known;
        }
        let number = self.add(artifact);
        self.of_bases.insert(key, number);
        number
    }
}

impl Fleet {
    pub const fn new(hosts: u32, images: u32) -> Self {
        Self { hosts, images }
    }

    /// Hands the fleet over; how many pairs of image and artifact there are.
    pub fn load(&self, loader: &mut Loader) -> u64 {
        for host in 1..=self.hosts {
            loader
                .host(
                    host,
                    &format!("host-{:06}.example.org", host * 7919 % 999_983),
                )
                .unwrap();
        }
        let pairs = images(loader, self.images);
        self.runs(loader);
        pairs
    }

    fn runs(&self, loader: &mut Loader) {
        let mut random = Random(3);
        let mut number = 0;
        for host in 1..=self.hosts {
            for container in 0..CONTAINERS {
                let image = 1 + random.below(self.images.into()) as u32;
                let mut run = |since: i64, until: Option<i64>| {
                    number += 1;
                    let run = Run {
                        run: number,
                        host,
                        image,
                        container: format!("{}-{container}", APPLICATIONS[container as usize % 5]),
                        image_name: format!(
                            "registry.example.org/team/app{}:1.{}",
                            image / TAGS,
                            image % TAGS
                        ),
                        since: at(since),
                    };
                    let end = until.map(|until| (at(until), (until / 2) as Seq));
                    loader.run(&run, (since / 2) as Seq, end).unwrap();
                };
                if container % 4 == 0 {
                    run(100_000, Some(900_000));
                }
                run(1_000_000 + i64::from(host % 1000), None);
            }
        }
    }
}

const APPLICATIONS: [&str; 5] = ["web", "worker", "cache", "proxy", "db"];
const WORDS: [&str; 16] = [
    "core", "util", "http", "json", "async", "cache", "stream", "proto", "crypt", "parse", "image",
    "event", "queue", "table", "graph", "token",
];

fn images(loader: &mut Loader, images: u32) -> u64 {
    let (mut random, mut pairs) = (Random(1), 0);
    let mut stored = Stored {
        loader,
        next: 0,
        of_bases: HashMap::new(),
    };
    let bases: Vec<Vec<u32>> = (0..BASES)
        .map(|base| of_base(&mut stored, &mut random, base))
        .collect();
    let mut of_application = Vec::new();
    for image in 1..=images {
        if image % TAGS == 1 {
            of_application = (0..OF_APPLICATION)
                .map(|_| stored.add(&of_app(&mut random)))
                .collect();
        }
        let base = random.below(BASES.into()) as usize;
        let mut artifacts = bases[base].clone();
        artifacts.extend(&of_application);
        artifacts.extend((0..OF_IMAGE).map(|_| stored.add(&of_app(&mut random))));
        artifacts.sort_unstable();
        artifacts.dedup();
        pairs += artifacts.len() as u64;
        add_image(stored.loader, image, base, artifacts);
    }
    pairs
}

fn add_image(loader: &mut Loader, image: u32, base: usize, artifacts: Vec<u32>) {
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&image.wrapping_mul(2_654_435_761).to_be_bytes());
    let row = ImageRow {
        since: 0,
        image,
        digest: ImageDigest::from_bytes(bytes),
        aliases: Vec::new(),
        name: format!(
            "registry.example.org/team/app{}:1.{}",
            image / TAGS,
            image % TAGS
        ),
        first_seen: at(0),
        last_seen: None,
    };
    loader.image(&row).unwrap();
    let sbom = Sbom {
        detail: 0,
        status: Some(ScanStatus::Complete),
        distro: ["debian", "alpine", "rhel"][base % 3].to_owned(),
        distro_version: (base % 7).to_string(),
        artifacts,
    };
    loader.sbom(image, &sbom, 1).unwrap();
}

/// The packages of a distribution's release, a few of which each base updates.
fn of_base(stored: &mut Stored<'_>, random: &mut Random, base: u32) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..OF_BASE)
        .map(|_| {
            let package = random.skewed(2000);
            let name = format!("lib{}{package}", WORDS[package as usize % 16]);
            stored.once(&packaged(
                base,
                &name,
                WORDS[package as usize % 16],
                random.below(4),
            ))
        })
        .collect();
    if base % 5 != 4 {
        for name in ["openssl", "libssl3"] {
            numbers.push(stored.once(&packaged(base, name, "openssl", u64::from(base))));
        }
    }
    numbers
}

fn packaged(base: u32, name: &str, source: &str, patch: u64) -> Artifact {
    let (kind, namespace) =
        [("deb", "debian"), ("apk", "alpine"), ("rpm", "redhat")][base as usize % 3];
    let version = match kind {
        "deb" => format!(
            "{}.{}-{patch}+deb12u{}",
            1 + base % 7,
            name.len(),
            patch % 3
        ),
        "apk" => format!("{}.{}.{patch}-r{}", 1 + base % 7, name.len(), patch % 5),
        _ => format!(
            "1:{}.{}.{patch}-{}.el9",
            1 + base % 7,
            name.len(),
            patch % 9
        ),
    };
    let written = version.trim_start_matches("1:").replace('+', "%2B");
    Artifact {
        artifact_type: kind.to_owned(),
        name: name.to_owned(),
        purl: Some(format!(
            "pkg:{kind}/{namespace}/{name}@{written}?arch=amd64&distro={namespace}-{}&upstream={source}",
            base % 7
        )),
        source: Some(source.to_owned()),
        source_version: Some(version.clone()),
        version,
        ..Artifact::default()
    }
}

/// A package of an application: some are everywhere in many versions, most are rare.
fn of_app(random: &mut Random) -> Artifact {
    let number = random.skewed(600_000);
    let words = (
        WORDS[number as usize % 16],
        WORDS[number as usize / 16 % 16],
    );
    let (a, b, c) = (random.below(4), random.below(12), random.below(20));
    let version = format!("{a}.{b}.{c}");
    let (kind, name, purl) = match number % 8 {
        0..=3 if number % 999 < 2 => {
            let name = format!("lodash.{}{}", words.0, number / 999);
            ("npm", name.clone(), format!("pkg:npm/{name}@{version}"))
        }
        0..=3 => {
            let name = format!("{}-{}-{number}", words.0, words.1);
            ("npm", name.clone(), format!("pkg:npm/{name}@{version}"))
        }
        4 => {
            let name = format!("@{}/{}{number}", words.0, words.1);
            (
                "npm",
                name.clone(),
                format!("pkg:npm/%40{}@{version}", &name[1..]),
            )
        }
        5 => {
            let name = format!("{}_{}{number}", words.0, words.1);
            ("python", name.clone(), format!("pkg:pypi/{name}@{version}"))
        }
        6 => {
            let name = format!("github.com/{}{number}/{}", words.0, words.1);
            (
                "go-module",
                name.clone(),
                format!("pkg:golang/{name}@v{version}"),
            )
        }
        _ => {
            let name = format!("{}-{}-{number}", words.0, words.1);
            (
                "java-archive",
                name.clone(),
                format!("pkg:maven/org.{}/{name}@{version}", words.0),
            )
        }
    };
    Artifact {
        artifact_type: kind.to_owned(),
        name,
        version: if kind == "go-module" {
            format!("v{version}")
        } else {
            version
        },
        purl: Some(purl),
        ..Artifact::default()
    }
}
