//! The demo's images: services, the bases that they are built on, and what is in those.

use proto_types::{Artifact, ImageDigest, ImageFacts, ScannedImage};

use crate::chance::mix;

/// A service: where its image is from, what its tags were, on which base each was built.
#[derive(Debug)]
pub struct Service {
    /// Its name.
    pub name: &'static str,
    registry: &'static str,
    images: &'static [(&'static str, &'static Base)],
    /// The days on which a newer image begins to go round.
    pub rollouts: &'static [i64],
    own: &'static [(&'static str, &'static str, &'static str)],
}

/// A base: a distribution with its packages.
#[derive(Debug)]
pub struct Base {
    distro: &'static str,
    version: &'static str,
    artifact_type: &'static str,
    /// Package, version, source.
    packages: &'static [(&'static str, &'static str, &'static str)],
}

macro_rules! bookworm {
    ($openssl:literal, $glibc:literal) => {
        Base {
            distro: "debian",
            version: "12",
            artifact_type: "deb",
            packages: &[
                ("openssl", $openssl, "openssl"),
                ("libssl3", $openssl, "openssl"),
                ("libc6", $glibc, "glibc"),
                ("libc-bin", $glibc, "glibc"),
                ("zlib1g", "1:1.2.13.dfsg-1", "zlib"),
                ("bash", "5.2.15-2+b7", "bash"),
                ("coreutils", "9.1-1", "coreutils"),
                ("curl", "7.88.1-10+deb12u8", "curl"),
                ("libcurl4", "7.88.1-10+deb12u8", "curl"),
                ("ca-certificates", "20230311", "ca-certificates"),
                ("perl-base", "5.36.0-7+deb12u1", "perl"),
                ("libsystemd0", "252.31-1~deb12u1", "systemd"),
                ("libgnutls30", "3.7.9-2+deb12u3", "gnutls28"),
                ("libxml2", "2.9.14+dfsg-1.3~deb12u1", "libxml2"),
                ("tzdata", "2024a-0+deb12u1", "tzdata"),
            ],
        }
    };
}

static BOOKWORM_0: Base = bookworm!("3.0.11-1~deb12u2", "2.36-9+deb12u4");
static BOOKWORM_1: Base = bookworm!("3.0.13-1~deb12u1", "2.36-9+deb12u7");
static BOOKWORM_2: Base = bookworm!("3.0.14-1~deb12u2", "2.36-9+deb12u8");
static BOOKWORM_3: Base = bookworm!("3.0.15-1~deb12u1", "2.36-9+deb12u9");
static BOOKWORM_4: Base = bookworm!("3.0.17-1~deb12u2", "2.36-9+deb12u10");
static BULLSEYE: Base = Base {
    distro: "debian",
    version: "11",
    artifact_type: "deb",
    packages: &[
        ("openssl", "1.1.1w-0+deb11u1", "openssl"),
        ("libssl1.1", "1.1.1w-0+deb11u1", "openssl"),
        ("libc6", "2.31-13+deb11u11", "glibc"),
        ("zlib1g", "1:1.2.11.dfsg-2+deb11u2", "zlib"),
        ("curl", "7.74.0-1.3+deb11u13", "curl"),
        ("perl-base", "5.32.1-4+deb11u4", "perl"),
    ],
};
static ALPINE: Base = Base {
    distro: "alpine",
    version: "3.20.3",
    artifact_type: "apk",
    packages: &[
        ("musl", "1.2.5-r0", "musl"),
        ("busybox", "1.36.1-r29", "busybox"),
        ("libssl3", "3.3.2-r1", "openssl"),
        ("libcrypto3", "3.3.2-r1", "openssl"),
        ("zlib", "1.3.1-r1", "zlib"),
        ("ca-certificates-bundle", "20240705-r0", "ca-certificates"),
    ],
};

/// Every service.
#[rustfmt::skip]
pub static SERVICES: &[Service] = &[
    Service { name: "nginx", registry: "docker.io/library", images: &[("1.25.4", &BOOKWORM_0), ("1.27.0", &BOOKWORM_2), ("1.27.3", &BOOKWORM_3), ("1.27.5", &BOOKWORM_4)], rollouts: &[4, 12, 22], own: &[("deb", "nginx", "1.27")] },
    Service { name: "shop-frontend", registry: "registry.example.org/shop", images: &[("v41", &BOOKWORM_1), ("v42", &BOOKWORM_2), ("v43", &BOOKWORM_4)], rollouts: &[9, 24], own: &[("npm", "react", "18.3.1"), ("npm", "lodash", "4.17.20"), ("npm", "express", "4.19.2")] },
    Service { name: "shop-api", registry: "registry.example.org/shop", images: &[("v118", &BOOKWORM_0), ("v119", &BOOKWORM_1), ("v120", &BOOKWORM_3)], rollouts: &[6, 18], own: &[("java-archive", "log4j-core", "2.17.1"), ("java-archive", "spring-core", "6.1.6"), ("java-archive", "jackson-databind", "2.17.0")] },
    Service { name: "auth", registry: "registry.example.org/shop", images: &[("v9", &BOOKWORM_2), ("v10", &BOOKWORM_4)], rollouts: &[22], own: &[("go-module", "golang.org/x/crypto", "v0.31.0"), ("go-module", "stdlib", "go1.22.8")] },
    Service { name: "redis", registry: "docker.io/library", images: &[("7.2.4", &BOOKWORM_1), ("7.4.1", &BOOKWORM_3)], rollouts: &[25], own: &[] },
    Service { name: "postgres", registry: "docker.io/library", images: &[("16.2", &BOOKWORM_1), ("16.4", &BOOKWORM_2)], rollouts: &[26], own: &[("deb", "postgresql-16", "16.4-1.pgdg120+1")] },
    Service { name: "pgbouncer", registry: "registry.example.org/infra", images: &[("1.22", &ALPINE)], rollouts: &[], own: &[] },
    Service { name: "haproxy", registry: "docker.io/library", images: &[("2.9.6", &BOOKWORM_1), ("3.0.5", &BOOKWORM_3)], rollouts: &[17], own: &[] },
    Service { name: "invoice-worker", registry: "registry.example.org/shop", images: &[("v7", &BOOKWORM_0), ("v8", &BOOKWORM_2)], rollouts: &[27], own: &[("python", "django", "4.2.16"), ("python", "requests", "2.31.0"), ("python", "cryptography", "42.0.5")] },
    Service { name: "legacy-reports", registry: "registry.example.org/legacy", images: &[("2021-06", &BULLSEYE)], rollouts: &[], own: &[("python", "requests", "2.25.1")] },
    Service { name: "grafana", registry: "docker.io/grafana", images: &[("11.1.0", &ALPINE)], rollouts: &[], own: &[("go-module", "golang.org/x/net", "v0.28.0")] },
    Service { name: "prometheus", registry: "quay.io/prometheus", images: &[("v2.53.0", &ALPINE)], rollouts: &[], own: &[("go-module", "golang.org/x/net", "v0.26.0")] },
    Service { name: "node-exporter", registry: "quay.io/prometheus", images: &[("v1.8.2", &ALPINE)], rollouts: &[], own: &[("go-module", "golang.org/x/crypto", "v0.24.0")] },
];

/// One image of a service.
#[derive(Debug, Clone, Copy)]
pub struct Image {
    tag: &'static str,
    base: &'static Base,
}

impl Service {
    /// The image after so many rollouts.
    pub fn image(&self, generation: usize) -> Image {
        let (tag, base) = self.images[generation.min(self.images.len() - 1)];
        Image { tag, base }
    }

    /// The scan of the image with this digest, where it is one of this service's.
    pub fn scan(&self, digest: ImageDigest) -> Option<ScannedImage> {
        let generations = (0..self.images.len()).map(|at| self.image(at));
        let image = generations
            .into_iter()
            .find(|one| one.digest(self) == digest)?;
        Some(ScannedImage {
            digest,
            distro: image.base.distro.to_owned(),
            distro_version: image.base.version.to_owned(),
            facts: ImageFacts::default(),
            artifacts: image.artifacts(self),
        })
    }
}

impl Image {
    /// The name that containers are started by.
    pub fn name(self, service: &Service) -> String {
        format!("{}/{}:{}", service.registry, service.name, self.tag)
    }

    /// Its digest: as good as chance, and the same at every run.
    pub fn digest(self, service: &Service) -> ImageDigest {
        let mut state = self
            .name(service)
            .bytes()
            .fold(7, |state, byte| mix(state ^ u64::from(byte)));
        ImageDigest::from_bytes(std::array::from_fn(|_| {
            state = mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15));
            state.to_le_bytes()[3]
        }))
    }

    fn artifacts(self, service: &Service) -> Vec<Artifact> {
        let base = self.base;
        let of_base = base
            .packages
            .iter()
            .map(|(name, version, source)| Artifact {
                artifact_type: base.artifact_type.to_owned(),
                name: (*name).to_owned(),
                version: (*version).to_owned(),
                purl: Some(format!(
                    "pkg:{}/{}/{name}@{version}?arch=amd64&distro={}-{}",
                    base.artifact_type, base.distro, base.distro, base.version
                )),
                source: (name != source).then(|| (*source).to_owned()),
                ..Artifact::default()
            });
        let own = service
            .own
            .iter()
            .map(|(artifact_type, name, version)| Artifact {
                artifact_type: (*artifact_type).to_owned(),
                name: (*name).to_owned(),
                version: (*version).to_owned(),
                purl: Some(format!("pkg:{artifact_type}/{name}@{version}")),
                source: None,
                ..Artifact::default()
            });
        of_base.chain(own).collect()
    }
}
