//! What each command line of docs/QUERIES.md is to say.

pub struct Expected {
    pub line: &'static str,
    /// None for what goes on until Ctrl-C: its first line is looked at.
    pub status: Option<i32>,
    pub stdout: &'static [&'static str],
    pub without: &'static [&'static str],
    pub stderr: &'static [&'static str],
}

const fn says(line: &'static str, stdout: &'static [&'static str]) -> Expected {
    Expected {
        line,
        status: Some(0),
        stdout,
        without: &[],
        stderr: &[],
    }
}

impl Expected {
    const fn status(mut self, status: Option<i32>) -> Self {
        self.status = status;
        self
    }

    const fn without(mut self, without: &'static [&'static str]) -> Self {
        self.without = without;
        self
    }

    const fn aside(mut self, stderr: &'static [&'static str]) -> Self {
        self.stderr = stderr;
        self
    }
}

pub const EXPECTED: &[Expected] = &[
    says("assetctl find openssl", &["3.0.15-1~deb12u1", "3.0.14-1~deb12u1", "3.0.11-1~deb12u2"])
        .without(&["libssl3"])
        .aside(&["openssl: 3 images, 3 containers, 3 hosts\n", "libcrypto3 (apk, 1 container) and libssl3 (deb, 3 containers)", "complete coverage: 3 hosts"]),
    says("assetctl find openssl 'version<3.0.15' -o name", &["db1\nweb2\n"]).without(&["web1"]),
    says("assetctl find 'openssl<3.0.15' --host 'web*'", &["web2"]).without(&["web1", "db1"]),
    says("assetctl find openssl@3.0.14-1~deb12u1 -o name", &["web2\n"]).without(&["web1", "db1"]),
    says("assetctl find openssl --image nginx", &["web1", "web2"])
        .without(&["db1"])
        .aside(&["openssl image=nginx: 2 images"]),
    says("assetctl find --match name eq openssl --match version lt 3.0.15", &["db1", "web2"]).without(&["web1"]),
    says("assetctl find source=openssl", &["libssl3", "libcrypto3", "web1", "web2", "db1"]),
    says("assetctl find source=openssl -o wide", &["SOURCE_VERSION", "openssl  3.0.15-1~deb12u1", "openssl  3.0.11-1~deb12u2"]),
    says("assetctl find source=openssl 'source_version<3.0.15'", &["libssl3", "web2", "db1"])
        .without(&["3.0.15-1", "libcrypto3"]),
    says("assetctl find 'name~^lib.*[0-9]$' 'host=web*'", &["libssl3", "libcrypto3", "web2"]).without(&["db1"]),
    says("assetctl find 'log4j*' --match image_name prefix registry.example.org/", &["log4j-core", "2.17.1", "web1"]),
    says("assetctl find lodash distro=alpine type=npm", &["lodash", "4.17.20", "web1"]),
    says("assetctl find 'pkg:pypi/jinja2@3.1.4'", &["jinja2", "3.1.4"]),
    says("assetctl find pkg:deb/debian/openssl", &["3.0.15-1~deb12u1", "3.0.14-1~deb12u1", "3.0.11-1~deb12u2"])
        .without(&["libssl3"]),
    says("assetctl find -f - < advisory.txt", &["openssl", "lodash", "jinja2"]).aside(&["any of 4 names: 4 images"]),
    says("assetctl containers --host db1", &["postgres", "docker.io/library/postgres:16"]).without(&["nginx"]),
    says("assetctl image 7d7d", &["postgresql-16", "complete", "syft 1.18.1"]),
    says("assetctl image postgres", &["postgresql-16", "complete", "syft 1.18.1"]),
    says("assetctl images nginx", &["4b4b", "4c4c"]).without(&["postgres"]),
    says("assetctl hosts --state silent", &[]).without(&["web1"]),
    says("assetctl image 6c6c", &["4c4c4c", "alias", "6c6c6c", "nginx"]),
    says("assetctl find xz-utils -q", &[]).status(Some(1)),
    says("assetctl find openssl --group-by version", &[
        "VERSION           TYPE  ARTIFACTS  IMAGES  CONTAINERS  HOSTS  SHARE\n\
         3.0.15-1~deb12u1  deb           1       1           1      1  33%\n\
         3.0.14-1~deb12u1  deb           1       1           1      1  33%\n\
         3.0.11-1~deb12u2  deb           1       1           1      1  33%\n",
    ]),
    says("assetctl find openssl 'version<3.0.15' --count --columns hosts --no-headers", &["2\n"]),
    says("assetctl find openssl 'version<3.0.15' --cover", &["nginx:1.27", "postgres:16"])
        .aside(&["rebuild these 2 images and all 2 hosts are clean"]),
    says("assetctl find openssl 'version<3.0.15' --cover --limit 1", &["HOSTS_CLEAN"])
        .aside(&["rebuild this image and 1 of 2 hosts are clean; the rest need 1 more image"]),
    says("assetctl find --group-by distro", &["debian 12", "alpine 3.20.1"]),
    says("assetctl find xz-utils 'version=5.6.*' --watch 30s --exit-when-empty", &[])
        .aside(&["nothing found"]),
    says("assetctl find xz-utils 'version=5.6.1-1' --during 2024-03-28", &["web1", "builder", "2024-03-30T12:00:00.000Z"])
        .aside(&["from 2024-03-28T00:00:00.000Z to 2024-03-29T00:00:00.000Z: 1 image, 1 container, 1 host; first seen 2024-03-27T08:00:00.000Z; last seen 2024-03-30T12:00:00.000Z"]),
    says("assetctl find xz-utils --at 2024-03-28T12:00Z", &["5.6.1-1", "web1"]),
    says("assetctl find xz-utils 'version=5.6.1-1'", &[])
        .status(Some(1))
        .aside(&["nothing found; last seen 2024-03-30T12:00:00.000Z"]),
    says("assetctl find openssl 'version<3.0.15' --during 2d..", &["web1", "web2", "db1"]),
    says("assetctl changes --since yesterday --host web1", &["stopped", "started", "nginx", "4b4b", "4c4c"])
        .without(&["web2", "libssl3"])
        .aside(&["1 run stopped, 1 run started\n"]),
    says("assetctl diff host:web1@yesterday host:web1", &[
        "up       libssl3  deb   3.0.14-1~deb12u1   3.0.15-1~deb12u1",
        "down     tzdata   deb   2024b-0+deb12u1    2024a-0+deb12u1",
        "added    curl     deb   -                  7.88.1-10+deb12u7",
        "removed  wget     deb   1.21.3-1+b2        -",
    ])
    .without(&["lodash"])
    .aside(&["3 up, 1 down, 1 added, 1 removed\n"]),
    says("assetctl diff 4b4b 4c4c", &["up       openssl"]).aside(&["3 up, 1 down, 1 added, 1 removed\n"]),
    says("assetctl diff host:web2 host:web1", &["added    lodash", "up       openssl"]),
    says("assetctl diff web2 web1", &["added    lodash", "up       openssl"]),
    says("assetctl changes --since yesterday --follow", &["\"kind\":\"stopped\"", "\"container\":\"nginx\""]).status(None),
    says("assetctl changes --since 3d12h -o ndjson --limit 0 | grep '\"appeared\"'", &["\"lodash\"", "\"curl\""]).without(&["xz-utils"]),
    says("assetctl sbom 4c4c --format cyclonedx-json --file nginx.cdx.json", &[]),
    says("assetctl sbom 4c4c --format spdx-json", &["\"SPDX-2.3\"", "pkg:deb/debian/curl@7.88.1-10%2Bdeb12u7"]).without(&["wget"]),
    says("assetctl sbom host:web1@yesterday", &["\"CycloneDX\"", "\"wget\"", "\"lodash\""]).without(&["\"curl\""]),
    says("assetctl find openssl 'version<3.0.15' -o csv --evidence", &[
        "# query: openssl <3.0.15\n",
        "# found: 2 images, 2 containers, 2 hosts; rows: 2\n",
        "# coverage: complete: 3 hosts, 4 running images\n",
        "\nname,version,type,host,",
        "\nopenssl,3.0.14-1~deb12u1,deb,web2,nginx,",
    ]),
    // Its two reports are three days apart: what it ran between them isn't known.
    says("assetctl affected CVE-2024-3094.json --exposure --within 7d", &[
        "web1  CVE-2024-3094  2024-03-27T08:00:00.000Z  2024-03-29T17:15:21.000Z  2024-03-30T12:00:00.000Z ",
        "fixed",
    ])
        .aside(&[
            "CVE-2024-3094: 1 host was exposed: 1 fixed",
            "clean within 7 days of publication: 0 of 1 host (0%), 1 unknown",
        ]),
    says("assetctl affected CVE-2024-3094.json --exposure -o csv --evidence", &[
        "# query: exposure to CVE-2024-3094\n",
        "# found: 1 host was exposed: 1 fixed; rows: 1\n",
        "# advisories: 1 given, sha256 ",
        "# coverage: incomplete: ",
        ",fixed,silent 2024-03-27T08:00:00.001Z..2024-03-30T12:00:00.000Z; silent ",
    ]),
    says("(echo '[openssl]'; assetctl find openssl 'version<3.0.15' -o name) > inventory.ini", &[]),
    says("assetctl find openssl 'version<3.0.15' -o name | xargs -n1 assetctl host show", &["db1", "web2", "reporting"]),
    says("assetctl find openssl -o ndjson --limit 0", &["\"host\":\"web1\"", "\"host\":\"db1\""]),
];
