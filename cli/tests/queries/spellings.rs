//! A version, a name or a purl that is written otherwise than the scanner does is no proof: what
//! runs is found by it, or by the line that the refusal says.

use proto_types::Artifact;

use crate::fleet::{
    Fleet,
    images::{artifact, debian},
    outcome, time,
};

/// A fleet that runs everything that the lines here mean.
async fn fleet() -> Fleet {
    let with_source = |artifact: Artifact, version: &str| Artifact {
        source_version: Some(version.to_owned()),
        ..artifact
    };
    let mut dbus = artifact("rpm", "dbus-libs", "1.12.20-8.el9", None);
    dbus.purl = Some("pkg:rpm/rhel/dbus-libs@1.12.20-8.el9?arch=x86_64&epoch=1".to_owned());
    let mut nodejs = artifact("rpm", "nodejs", "1:18.16.0-1", None);
    nodejs.module = Some("nodejs:18:9020020230327152102:rhel9".to_owned());
    let mut image = debian(
        1,
        "example.org/spelled:1",
        vec![
            artifact("deb", "openssl", "3.0.14-1~deb12u1", None),
            artifact("deb", "libssl1.1", "1.1.1n-0+deb11u5", None),
            with_source(
                artifact("deb", "dmsetup", "2:1.02.185-2", Some("lvm2")),
                "2.03.16-2",
            ),
            artifact("rpm", "openssl-libs", "1:3.0.7-24.el9", None),
            dbus,
            artifact("npm", "lodash", "4.17.20", None),
            artifact("npm", "@babel/core", "7.24.0", None),
            artifact("python", "jinja2", "3.1", None),
            artifact("python", "uvicorn", "0.30.1", None),
            artifact("java-archive", "log4j-core", "2.14.1", None),
            artifact("go-module", "golang.org/x/net", "v0.23.0", None),
            artifact("github-action", "actions/checkout", "v4.1.0", None),
            nodejs,
        ],
    );
    image.report.distro_version = "12.4".to_owned();
    let mut fleet = Fleet::start(time("2026-01-01T00:00:00Z")).await;
    fleet.knows(&image);
    fleet.enroll("web1").await;
    fleet.runs("web1", &[("spelled", &image)]).await;
    fleet
}

/// The lines that a text says are to be typed.
fn lines(said: &str) -> Vec<&str> {
    let quoted = said.split('`').skip(1).step_by(2);
    quoted
        .filter(|line| line.starts_with("assetctl "))
        .collect()
}

/// Finds what runs, at once or by the first line that is said of what finds nothing, or that is said
/// of that one; answers the first. What finds nothing is refused, or no proof.
#[track_caller]
fn leads_to_it(fleet: &Fleet, args: &[&str]) -> String {
    let (mut status, _, mut stderr) = fleet.run(&[&["find"], args].concat());
    let mut typed: Vec<String> = Vec::new();
    while status != 0 {
        assert!(matches!(status, 2 | 3), "{args:?}, {typed:?}: {stderr}");
        assert!(typed.len() < 2, "{args:?}, {typed:?}: {stderr}");
        let line = lines(&stderr).first().map(|&line| line.to_owned());
        typed.push(line.unwrap_or_else(|| panic!("{args:?}: no line to type in {stderr}")));
        (status, _, stderr) = outcome(&mut fleet.shell(&typed[typed.len() - 1]));
    }
    typed.into_iter().next().unwrap_or_default()
}

#[track_caller]
fn proves(fleet: &Fleet, args: &[&str]) {
    let (status, _, stderr) = fleet.run(&[&["find"], args].concat());
    assert_eq!(status, 1, "{args:?}: {stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_found_whatever_stands_around_it() {
    let fleet = fleet().await;
    for args in [
        &["openssl-libs", "version=3.0.*"][..],
        &["openssl-libs@3.0.7-24"],
        &["openssl-libs@3.0.7-24.el9"],
        &["openssl-libs", "version=3.0.7-2?.el9"],
        &["libssl1.1@1.1.1"],
        &["openssl@3"],
        &["openssl@3.0.x"],
        &["openssl", "version=3.0.{13,14}"],
        &["openssl@1:3.0.14-1~deb12u1"],
        &["openssl@v3.0.14"],
        &["golang.org/x/net@0.23.0"],
        &["lodash@v4.17.20"],
        &["jinja2==3.1.0"],
        &["source=lvm2", "source_version=2.03.16"],
        &["openssl", "distro_version=12"],
    ] {
        leads_to_it(&fleet, args);
    }
    for args in [
        &["openssl@3.0.13"][..],
        &["openssl@4"],
        &["openssl", "version=3.1.*"],
        &["lodash@4.17.2"],
        &["lodash@4.17.21"],
        &["source=lvm2", "source_version=2.03.1"],
        &["openssl", "distro_version=1"],
    ] {
        proves(&fleet, args);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bound_without_the_epoch_is_no_proof() {
    let fleet = fleet().await;
    assert_eq!(
        leads_to_it(&fleet, &["openssl-libs<3.0.15"]),
        "assetctl find openssl-libs 'version<1:3.0.15'"
    );
    assert_eq!(
        leads_to_it(&fleet, &["dbus-libs>=1.0,<1.13"]),
        "assetctl find dbus-libs 'version>=1:1.0' 'version<1:1.13'"
    );
    for args in [
        &["openssl", "version>1:3.0"][..],
        &["openssl<=3.0.14"],
        &["openssl", ">v3.0.13"],
        &["actions/checkout<5"],
        &["actions/checkout<v5"],
        &["golang.org/x/net<0.24"],
        &["dmsetup<1.03"],
    ] {
        leads_to_it(&fleet, args);
    }
    // It may be meant as it is typed, and is answered so; but not as a proof, nor watched.
    let (status, stdout, stderr) = fleet.run(&["find", "openssl-libs<3.0.15", "-o", "ndjson"]);
    assert_eq!((status, stdout.as_str()), (3, ""), "{stderr}");
    let (status, stdout, _) = fleet.run(&["find", "openssl-libs<3.0.15", "-o", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((status, &answer["total"]), (3, &0.into()));
    let (status, _, stderr) = fleet.run(&["find", "openssl-libs<3.0.15", "-q"]);
    assert_eq!((status, stderr.as_str()), (3, ""));
    let watched = [
        "find",
        "openssl-libs<3.0.15",
        "--watch",
        "1s",
        "--exit-when-empty",
    ];
    assert_eq!(fleet.run(&watched).0, 2);
    for args in [
        &["openssl-libs<3.0.6"][..],
        &["openssl-libs>1:3.0.8"],
        &["dbus-libs<1.12"],
        &["dbus-libs>1:1.13"],
        &["lodash<4.17.20"],
        &["lodash>4.17.20"],
        &["openssl<3.0.14"],
        &["openssl>3.1"],
    ] {
        proves(&fleet, args);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_found_whatever_tools_put_around_it() {
    let fleet = fleet().await;
    for args in [
        &["org.apache.logging.log4j:log4j-core<2.15"][..],
        &["org.apache.logging.log4j:log4j-core@2.14.1"],
        &["org.apache.logging.log4j:log4j-core:2.14.*"],
        &["org.apache.logging.log4j:log4j-core:jar:2.14.1:compile"],
        &["npm:lodash@4"],
        &["npm:lodash<5"],
        &["openssl:amd64=3.0.14-1~deb12u1"],
        &["lodash@<4.17.21"],
        &["lodash@^4.17"],
        &["lodash@~4.17.20"],
        &["lodash@latest"],
        &["uvicorn[standard]"],
        &["uvicorn[standard]<0.31"],
        &["\"openssl\""],
        &["openssl<\"3.0.15\""],
        &["openssl<3.0.15 host=web*"],
        &["openssl version<3.0.15"],
        &["openssl-libs-3.0.7-24.el9.x86_64"],
        &["openssl-libs-3.0.7-24.el9.x86_64.rpm"],
        &["log4j-core-2.14.1.jar"],
        &["openssl-3.0.*"],
        &["3.0.14", "openssl"],
        &["source=lvm2", "1.02.185"],
        &["Lodash@4.17"],
        &["python:uvicorn"],
        &["openssl", "distro=debian-12.4"],
        &["openssl", "distro=debian:12.4"],
        &["openssl", "distro_version=12"],
        &["openssl", "spelled:1", "image=example.org/spelled"],
    ] {
        leads_to_it(&fleet, args);
    }
    for image in ["debian:bookworm", "alpine:latest", "golang:alpine"] {
        let (status, _, stderr) = fleet.run(&["find", image]);
        assert_eq!(status, 2, "{stderr}");
        assert!(stderr.contains("no image matches"), "{stderr}");
    }
    for args in [
        &["openssl", "distro=bookworm"][..],
        &["openssl", "distro=redhat"],
        &["openssl", "distro=debain*"],
        &["openssl", "distro_version=bookworm"],
        &["openssl", "version<3.*"],
    ] {
        let (status, _, stderr) = fleet.run(&[&["find"], args].concat());
        assert_eq!(status, 2, "{args:?}: {stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purl_is_found_however_it_is_written() {
    let fleet = fleet().await;
    for args in [
        &["pkg:deb/debian/openssl<3.0.15"][..],
        &["pkg:npm/lodash@<5"],
        &["pkg:npm/lodash version<5"],
        &["pkg:npm/lodash@^4.17"],
        &["pkg:npm/lodash@4.*"],
        &["pkg:npm/lodash@latest"],
        &["pkg:deb/debian/openssl@3.0.14"],
        &["pkg:deb/debian/openssl?arch=source"],
        &["pkg:deb/debian/lvm2@2.03.16?arch=source"],
        &["pkg:deb/debian/openssl@3.0.14-1~deb12u1?distro=bookworm"],
        &["pkg:deb/debian/openssl@3.0.14?distro=bookworm"],
        &["pkg:deb/debain/openssl"],
        &["pkg:rpm/fedora/openssl-libs@3.0.7-24"],
        &["pkg:npm/babel/core"],
        &["purl=pkg:npm/@babel/*"],
        &["pkg:npm/@babel/*"],
        &["purl=pkg:npm/{lodash,left-pad}"],
        &["pkg:maven/org.apache.loging.log4j/log4j-core"],
        &["pkg:maven/org.apache.logging.log4j/Log4j-core"],
        &["pkg:pypi/uvicorn[standard]"],
        &["pkg:pypi/jinja2@3.1.0"],
    ] {
        leads_to_it(&fleet, args);
    }
    for args in [
        &["pkg:deb/debian/openssl@3.0.13"][..],
        &["pkg:deb/ubuntu/openssl"],
        &["pkg:deb/debian/openssl?arch=arm64"],
        &["pkg:deb/debian/curl?arch=source"],
        &["pkg:npm/lodash<4"],
        &["pkg:npm/left-pad"],
    ] {
        proves(&fleet, args);
    }
    let (status, _, stderr) = fleet.run(&["find", "pkg:npm/lodash", "pkg:npm/left-pad"]);
    assert_eq!(status, 2, "{stderr}");
    assert!(stderr.contains("nothing is both"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_purls_that_are_written_wrong_is_no_proof() {
    let fleet = fleet().await;
    let listed = |list: &str| {
        let mut command = fleet.assetctl(&["find", "-f", "-"]);
        outcome(command.write_stdin(list.to_owned()))
    };
    for list in [
        "pkg:deb/debian/openssl@3.0.14\n",
        "pkg:npm/left-pad\npkg:deb/debian/openssl?arch=source\n",
        "pkg:deb/debian/lvm2@2.03.16?arch=source\n",
        "pkg:pip/uvicorn\n",
        "absent\nLodash\n",
        "pkg:npm/lodash<5\n",
    ] {
        let (status, _, stderr) = listed(list);
        assert_eq!(status, 2, "{list}: {stderr}");
    }
    let mut long = String::from("pkg:deb/debian/openssl@3.0.13\n");
    for number in 0..200 {
        long.push_str(&format!("pkg:npm/absent-{number}@1.0\nabsent-{number}\n"));
    }
    assert_eq!(listed(&long).0, 1);
    assert_eq!(listed(&format!("{long}LODASH\n")).0, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_written_in_two_ways_is_asked_for_in_both() {
    let image = debian(
        2,
        "example.org/two:1",
        vec![
            artifact("rpm", "OpenSSL", "3.1.0-1", None),
            artifact("deb", "openssl", "3.0.14-1", None),
        ],
    );
    let mut fleet = Fleet::start(time("2026-01-01T00:00:00Z")).await;
    fleet.knows(&image);
    fleet.enroll("web1").await;
    fleet.runs("web1", &[("two", &image)]).await;
    leads_to_it(&fleet, &["OpenSSL<3.0.15"]);
    leads_to_it(&fleet, &["OpenSSL@3.0.14"]);
    proves(&fleet, &["OpenSSL<3.0.14"]);
    proves(&fleet, &["OpenSS*", "version<3.0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_pasted_or_comes_from_another_tool_is_no_proof() {
    let fleet = fleet().await;
    for args in [
        &["openssl\u{2011}libs"][..],
        &["openssl\u{200b}"],
        &["openssl\u{2264}3.0.15"],
        &["openssl|zlib"],
        &["openssl;zlib"],
        &["%ssl%"],
        &["^openssl$"],
        &["openss.*"],
        &["Openssl_*"],
        &["openssl/stable"],
        &["debian/openssl"],
        &["openssl/3.0.14"],
        &["openssl."],
        &["babel/core"],
        &["golang.org/x/net/http2"],
        &["openssl:3.0.14"],
        &["nodejs", "module=nodejs:18"],
    ] {
        leads_to_it(&fleet, args);
    }
    for args in [
        &["$PKG"][..],
        &["openssl>3.0.15,<3.0"],
        &["openssl", "version=3.0.14", "version<3"],
        &["openssl", "type=pyp*"],
        &["pkg:oci/nginx@sha256:abcd"],
        &["pkg:docker/library/nginx@1.27"],
        &["cpe:2.3:a:openssl:openssl:3.0.14:*:*:*:*:*:*:*"],
        &["junit:junit:4.12"],
        &["junit:junit<4.13"],
    ] {
        let (status, _, stderr) = fleet.run(&[&["find"], args].concat());
        assert_eq!(status, 2, "{args:?}: {stderr}");
    }
    for list in ["source=LVM2\n", "OpenSS*\n"] {
        let mut command = fleet.assetctl(&["find", "-f", "-"]);
        let (status, _, stderr) = outcome(command.write_stdin(list));
        assert_eq!(status, 2, "{list}: {stderr}");
    }
    for args in [
        &["absent"][..],
        &["github.com/gin-gonic/gin"],
        &["openssl>=3.1,<=3.1"],
        &["name=open$ssl"],
        &["type=ge*", "absent"],
    ] {
        proves(&fleet, args);
    }
}
