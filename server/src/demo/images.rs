//! The demo's services: where their images are from, what their tags were, on which base each was
//! built, and on which days they went round.

use proto_types::ScannedImage;

use super::image::{Base, Image, Service};

/// Whether the scanner can read an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readable {
    Yes,
    Partly,
    No,
}

/// What a scan of the image of this name finds, and how much of it can be read: no fleet is without
/// an image that can't be.
pub(super) fn scan(image_name: &str) -> Option<(ScannedImage, Readable)> {
    let (path, tag) = image_name.rsplit_once(':')?;
    let (registry, name) = path.rsplit_once('/')?;
    let is_it = |one: &&Service| one.registry == registry && one.name == name;
    let service = SERVICES.iter().find(is_it)?;
    let known = service.images.iter().find(|(known, _)| *known == tag);
    let (_, base) = known.or(service.images.last())?;
    let tag = tag.to_owned();
    let image = Image { service, tag, base };
    let readable = match name {
        "prometheus" => Readable::No,
        "pgbouncer" => Readable::Partly,
        _ => Readable::Yes,
    };
    Some((image.scan(), readable))
}

macro_rules! bookworm {
    ($openssl:literal, $glibc:literal, $curl:literal) => {
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
                ("curl", $curl, "curl"),
                ("libcurl4", $curl, "curl"),
                ("ca-certificates", "20230311", "ca-certificates"),
                ("perl-base", "5.36.0-7+deb12u1", "perl"),
                ("libsystemd0", "252.31-1~deb12u1", "systemd"),
                ("libgnutls30", "3.7.9-2+deb12u3", "gnutls28"),
                ("libxml2", "2.9.14+dfsg-1.3~deb12u1", "libxml2"),
                ("xz-utils", "5.4.1-1", "xz-utils"),
                ("tzdata", "2024a-0+deb12u1", "tzdata"),
            ],
        }
    };
}

macro_rules! trixie {
    ($xz:literal) => {
        Base {
            distro: "debian",
            version: "13",
            artifact_type: "deb",
            packages: &[
                ("openssl", "3.2.1-3", "openssl"),
                ("libssl3t64", "3.2.1-3", "openssl"),
                ("libc6", "2.37-15.1", "glibc"),
                ("xz-utils", $xz, "xz-utils"),
                ("liblzma5", $xz, "xz-utils"),
                ("git", "1:2.43.0-1", "git"),
                ("curl", "8.6.0-4", "curl"),
            ],
        }
    };
}

static BOOKWORM_0: Base = bookworm!("3.0.11-1~deb12u2", "2.36-9+deb12u4", "7.88.1-10+deb12u5");
static BOOKWORM_1: Base = bookworm!("3.0.13-1~deb12u1", "2.36-9+deb12u7", "7.88.1-10+deb12u5");
static BOOKWORM_2: Base = bookworm!("3.0.14-1~deb12u2", "2.36-9+deb12u8", "7.88.1-10+deb12u8");
static BOOKWORM_3: Base = bookworm!("3.0.15-1~deb12u1", "2.36-9+deb12u9", "7.88.1-10+deb12u8");
static BOOKWORM_4: Base = bookworm!("3.0.17-1~deb12u2", "2.36-9+deb12u10", "7.88.1-10+deb12u12");
static TRIXIE_0: Base = trixie!("5.4.5-0.3");
static TRIXIE_1: Base = trixie!("5.6.1-1");
static TRIXIE_2: Base = trixie!("5.6.1+really5.4.5-1");
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
static ROCKY: Base = Base {
    distro: "rocky",
    version: "9.4",
    artifact_type: "rpm",
    packages: &[
        ("openssl-libs", "1:3.0.7-27.el9", "openssl"),
        ("glibc", "2.34-100.el9_4.2", "glibc"),
        ("bash", "5.1.8-9.el9", "bash"),
        ("zlib", "1.2.11-40.el9", "zlib"),
        ("xz-libs", "5.2.5-8.el9_0", "xz"),
    ],
};

/// Every service.
#[rustfmt::skip]
pub(super) static SERVICES: &[Service] = &[
    Service { name: "nginx", registry: "docker.io/library", images: &[("1.25.4", &BOOKWORM_0), ("1.27.0", &BOOKWORM_2), ("1.27.3", &BOOKWORM_3), ("1.27.5", &BOOKWORM_4)], rollouts: &[4, 12, 22], own: &[(&[], "deb", "nginx", "VERSION-1~bookworm")] },
    Service { name: "shop-frontend", registry: "registry.example.org/shop", images: &[("v41", &BOOKWORM_1), ("v42", &BOOKWORM_2), ("v43", &BOOKWORM_4)], rollouts: &[9, 24], own: &[(&[], "npm", "react", "18.3.1"), (&[], "npm", "lodash", "4.17.20"), (&[], "npm", "express", "4.19.2")] },
    Service { name: "shop-api", registry: "registry.example.org/shop", images: &[("v118", &BOOKWORM_0), ("v119", &BOOKWORM_1), ("v120", &BOOKWORM_3)], rollouts: &[6, 18], own: &[(&[], "java-archive", "log4j-core", "2.17.1"), (&[], "java-archive", "spring-core", "6.1.6")] },
    Service { name: "shop-search", registry: "registry.example.org/shop", images: &[("v31", &BOOKWORM_2), ("v32", &BOOKWORM_3)], rollouts: &[14], own: &[(&["v31"], "java-archive", "log4j-core", "2.14.1"), (&["v32", "v33", "v34"], "java-archive", "log4j-core", "2.17.1"), (&[], "java-archive", "spring-core", "5.3.39")] },
    Service { name: "auth", registry: "registry.example.org/shop", images: &[("v9", &BOOKWORM_2), ("v10", &BOOKWORM_4)], rollouts: &[20], own: &[(&[], "go-module", "golang.org/x/crypto", "v0.31.0"), (&[], "go-module", "stdlib", "go1.22.8")] },
    Service { name: "redis", registry: "docker.io/library", images: &[("7.2.4", &BOOKWORM_1), ("7.4.1", &BOOKWORM_3)], rollouts: &[25], own: &[] },
    Service { name: "postgres", registry: "docker.io/library", images: &[("16.2", &BOOKWORM_1), ("16.4", &BOOKWORM_3)], rollouts: &[26], own: &[(&[], "deb", "postgresql-16", "VERSION-1.pgdg120+1")] },
    Service { name: "pgbouncer", registry: "registry.example.org/infra", images: &[("1.22", &ALPINE)], rollouts: &[], own: &[] },
    Service { name: "haproxy", registry: "docker.io/library", images: &[("2.9.6", &BOOKWORM_1), ("3.0.5", &BOOKWORM_3)], rollouts: &[17], own: &[] },
    Service { name: "keycloak", registry: "quay.io/keycloak", images: &[("25.0.2", &ROCKY)], rollouts: &[], own: &[(&[], "java-archive", "keycloak-services", "VERSION")] },
    Service { name: "invoice-worker", registry: "registry.example.org/billing", images: &[("v7", &BOOKWORM_0), ("v8", &BOOKWORM_2)], rollouts: &[27], own: &[(&[], "python", "django", "4.2.16"), (&[], "python", "requests", "2.31.0"), (&[], "python", "cryptography", "42.0.5")] },
    Service { name: "legacy-reports", registry: "registry.example.org/legacy", images: &[("2021-06", &BULLSEYE)], rollouts: &[], own: &[(&[], "python", "requests", "2.25.1")] },
    Service { name: "ci-runner", registry: "registry.example.org/infra", images: &[("24.02", &TRIXIE_0), ("24.03", &TRIXIE_1), ("24.04", &TRIXIE_2)], rollouts: &[5, 8], own: &[] },
    Service { name: "grafana", registry: "docker.io/grafana", images: &[("11.1.0", &ALPINE)], rollouts: &[], own: &[(&[], "go-module", "golang.org/x/net", "v0.28.0")] },
    Service { name: "prometheus", registry: "quay.io/prometheus", images: &[("v2.53.0", &ALPINE)], rollouts: &[], own: &[(&[], "go-module", "golang.org/x/net", "v0.26.0")] },
    Service { name: "node-exporter", registry: "quay.io/prometheus", images: &[("v1.8.2", &ALPINE)], rollouts: &[], own: &[(&[], "go-module", "golang.org/x/crypto", "v0.24.0")] },
];
