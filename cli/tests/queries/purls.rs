//! Package URLs, however they are written: as a term, spelled out, in a list on standard input.

use crate::{
    fleet::{
        Fleet,
        images::{artifact, debian},
        outcome, time,
    },
    history,
};

const OPENSSL: &str = "pkg:deb/debian/openssl@3.0.14-1~deb12u1";

#[tokio::test(flavor = "multi_thread")]
async fn a_purl_without_its_qualifiers_finds_its_package() {
    let fleet = history::fleet().await;
    for asked in [
        &["find", OPENSSL][..],
        &[
            "find",
            "pkg:deb/debian/openssl@3.0.14-1%7Edeb12u1?arch=amd64",
        ],
        &["find", "PKG:deb/Debian/openssl@3.0.14-1~deb12u1"],
        &["find", "--match", "purl", "eq", OPENSSL],
        &["find", "--field", "purl", OPENSSL],
        &[
            "find",
            "pkg:deb/debian/openssl",
            "version<3.0.15",
            "host=web*",
        ],
    ] {
        let (status, stdout, stderr) = fleet.run(&[asked, &["-o", "name"]].concat());
        assert_eq!(
            (status, stdout.as_str()),
            (0, "web2\n"),
            "{asked:?} {stderr}"
        );
    }
    for asked in [
        "pkg:deb/debian/openssl@9",
        "pkg:deb/ubuntu/openssl",
        "pkg:deb/debian/openssl?arch=arm64",
    ] {
        let (status, stdout, _) = fleet.run(&["find", asked, "-o", "name"]);
        assert_eq!((status, stdout.as_str()), (1, ""), "{asked}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_purls_on_standard_input_finds_what_runs_of_them() {
    let fleet = history::fleet().await;
    let list =
        format!("# an advisory\n{OPENSSL}  # the old one\npkg:npm/left-pad\npkg:npm/lodash\n");
    let mut command = fleet.assetctl(&["find", "-f", "-", "-o", "csv", "--columns", "name,host"]);
    let (status, stdout, stderr) = outcome(command.arg("--no-headers").write_stdin(list));
    assert_eq!(
        (status, stdout.as_str()),
        (0, "lodash,web1\nopenssl,web2\n"),
        "{stderr}"
    );
    assert!(stderr.starts_with("any of 3 names: "), "{stderr}");
    let mut command = fleet.assetctl(&["find", "-f", "-"]);
    let (status, ..) = outcome(command.write_stdin("pkg:npm/left-pad\n"));
    assert_eq!(status, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_artifact_that_has_no_purl_is_found_by_its_package() {
    let mut fleet = Fleet::start(time("2026-01-01T00:00:00Z")).await;
    let mut openssl = artifact("deb", "openssl", "3.0.14-1~deb12u1", None);
    openssl.purl = None;
    let image = debian(1, "example.org/bare:1", vec![openssl]);
    fleet.knows(&image);
    fleet.enroll("web1").await;
    fleet.runs("web1", &[("bare", &image)]).await;
    let (status, stdout, stderr) = fleet.run(&["find", OPENSSL, "-o", "name"]);
    assert_eq!((status, stdout.as_str()), (0, "web1\n"), "{stderr}");
}
