//! No proof by a slip: what can't have been meant as it is typed is understood as meant, or refused
//! with the line to type, however empty the answer and however complete the coverage.

use crate::{
    fleet::{
        Fleet,
        images::{artifact, debian},
        outcome, time,
    },
    history,
};

/// Ends with 2 and says the line to type, the same with `-q` and as a program asks.
#[track_caller]
fn refused(fleet: &Fleet, args: &[&str], said: &[&str]) {
    let args = [&["find"], args].concat();
    let (status, stdout, stderr) = fleet.run(&args);
    assert_eq!((status, stdout.as_str()), (2, ""), "{args:?}: {stderr}");
    for piece in said {
        assert!(stderr.contains(piece), "{args:?}: {stderr}");
    }
    for more in [&["-q"][..], &["-o", "ndjson", "--limit", "0"], &["--count"]] {
        let (status, stdout, stderr) = fleet.run(&[&args[..], more].concat());
        assert_eq!((status, stdout.as_str()), (2, ""), "{args:?}: {stderr}");
    }
}

#[track_caller]
fn finds(fleet: &Fleet, args: &[&str], hosts: &str) {
    let args = [&["find"], args, &["-o", "name"]].concat();
    let (status, stdout, stderr) = fleet.run(&args);
    assert_eq!((status, stdout.as_str()), (0, hosts), "{args:?}: {stderr}");
}

#[track_caller]
fn proves(fleet: &Fleet, args: &[&str]) {
    let (status, _, stderr) = fleet.run(&[&["find"], args].concat());
    assert_eq!(status, 1, "{args:?}: {stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_artifact_has_one_name_and_one_version() {
    let fleet = history::fleet().await;
    let version = "`assetctl find openssl 'version=3.0.9*'`";
    refused(&fleet, &["openssl", "3.0.9"], &[version]);
    refused(&fleet, &["openssl 3.0.9"], &[version]);
    let either = "`assetctl find '{openssl,libssl3}'`";
    refused(&fleet, &["openssl", "libssl3"], &[either]);
    refused(&fleet, &["openssl,libssl3"], &[either]);
    refused(
        &fleet,
        &["name=openssl", "name=libssl3"],
        &["'name={openssl,libssl3}'"],
    );
    refused(
        &fleet,
        &["openssl", "host=web1", "host=web2"],
        &["'host={web1,web2}'"],
    );
    finds(&fleet, &["{wget,curl}"], "web1\nweb2\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_alone_is_what_the_shell_left_of_a_term() {
    let fleet = history::fleet().await;
    let (status, _, stderr) = outcome(&mut fleet.shell("assetctl find openssl version>3.0.15"));
    assert_eq!(status, 2, "{stderr}");
    assert!(
        stderr.contains("`assetctl find openssl 'version<3.0.15'`"),
        "{stderr}"
    );
    refused(&fleet, &["version"], &["is a field"]);
    proves(&fleet, &["name=version"]);
    refused(&fleet, &["openssl", "version="], &["a shell variable"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advisory_is_no_artifact() {
    let fleet = history::fleet().await;
    for id in [
        "CVE-2024-3094",
        "GHSA-rxwq-x6h5-x02r",
        "DSA-5649-1",
        "RHSA-2024:1234",
        "ALSA-2024:0155",
        "OSV-2020-111",
    ] {
        refused(&fleet, &[id], &["id of an advisory"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_not_there_is_refused_and_one_that_was_counts_then() {
    let mut fleet = history::fleet().await;
    for args in [
        &["openssl", "host=wbe1"][..],
        &[
            "--match", "name", "eq", "openssl", "--match", "host", "eq", "wbe1",
        ],
    ] {
        refused(
            &fleet,
            args,
            &[
                "there is no host `wbe1`",
                "did you mean `web1`?",
                "`assetctl find openssl host=web1`",
            ],
        );
    }
    refused(
        &fleet,
        &["openssl", "host=wbe*"],
        &["no host matches `wbe*`"],
    );
    proves(&fleet, &["absent", "host=web1"]);
    proves(&fleet, &["absent", "host=web*"]);
    // db1 runs none of it, but was there, if silent.
    let then = ["find", "wget", "host=db1", "--at", "2024-03-27T08:30Z"];
    assert_eq!(fleet.run(&then).0, 3);
    refused(
        &fleet,
        &["wget", "host=db1", "--at", "2020-03-30"],
        &["there was no host `db1` then"],
    );
    fleet.enroll("old1").await;
    fleet.runs("old1", &[]).await;
    let admin = ["host", "remove", "old1"];
    assert_eq!(fleet.run(&admin).0, 0);
    refused(
        &fleet,
        &["absent", "host=old1"],
        &["there is no host `old1`"],
    );
    for args in [
        &["containers", "--host", "wbe1"][..],
        &["containers", "--host", "wbe1", "--at", "3h"],
    ] {
        let (status, stdout, stderr) = fleet.run(args);
        assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
        assert!(stderr.contains("did you mean `web1`?"), "{stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_is_not_there_is_refused() {
    let fleet = history::fleet().await;
    finds(&fleet, &["curl", "nginx:1.27"], "web1\n");
    finds(&fleet, &["openssl", "image=nginx"], "web1\nweb2\n");
    finds(&fleet, &["openssl", "sha256:7d7d"], "db1\n");
    finds(
        &fleet,
        &[
            "openssl",
            &format!("docker.io/library/nginx@sha256:{}", "6c".repeat(32)),
        ],
        "web1\n",
    );
    refused(
        &fleet,
        &["openssl", "nginx:1.72"],
        &[
            "no image matches `nginx:1.72`",
            "`assetctl find openssl image=nginx:1.27`",
        ],
    );
    refused(
        &fleet,
        &["openssl", "image_name=nginx:1.27"],
        &[
            "there is no image `nginx:1.27`",
            "`assetctl find openssl image=nginx:1.27`",
        ],
    );
    refused(
        &fleet,
        &["docker.io/library/nginx"],
        &["`assetctl find image=docker.io/library/nginx`"],
    );
    refused(
        &fleet,
        &["openssl", "sha256:ff"],
        &["no image has the digest"],
    );
    finds(&fleet, &["openssl", "sha256:6c6c"], "web1\n");
    refused(&fleet, &["sha256:xyz"], &["is not an image digest"]);
    // It ran, and runs no more.
    proves(&fleet, &["openssl", "builder:latest"]);
    proves(&fleet, &["absent", "nginx:1.27"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_glued_to_a_name_is_taken_off() {
    let fleet = history::fleet().await;
    for args in [
        &["openssl<3.0.15"][..],
        &["openssl>=3.0.0,<3.0.15"],
        &["openssl", "<3.0.15"],
        &["source=openssl", "version<3.0.15", "type=deb"],
    ] {
        finds(&fleet, args, "db1\nweb2\n");
    }
    for args in [
        &["openssl@3.0.14-1~deb12u1"][..],
        &["openssl==3.0.14-1~deb12u1"],
        &["openssl=3.0.14-1~deb12u1"],
        &["openssl@3.0.14*"],
    ] {
        finds(&fleet, args, "web2\n");
    }
    for args in [
        &["openssl@3.0.14"][..],
        &["openssl==3.0.14"],
        &["openssl", "version=3.0.14"],
    ] {
        refused(
            &fleet,
            args,
            &[
                "but `3.0.14-1~deb12u1` runs",
                "`assetctl find openssl 'version=3.0.14*'`",
            ],
        );
    }
    proves(&fleet, &["openssl@3.0.13"]);
    proves(&fleet, &["openssl", "--match", "version", "eq", "3.0.14"]);
    for glued in ["openssl-3.0.13", "openssl_3.0.13_amd64.deb", "xz-5.6.0"] {
        refused(
            &fleet,
            &[glued],
            &["write the version as a separate term: `assetctl find"],
        );
    }
    proves(&fleet, &["name=openssl-3.0.13"]);
    proves(&fleet, &["postgresql-15"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_in_another_case_is_no_proof() {
    let fleet = history::fleet().await;
    for (typed, name) in [
        ("OpenSSL", "openssl"),
        ("Jinja2", "jinja2"),
        ("log4j_core", "log4j-core"),
    ] {
        let line = format!("`assetctl find {name}`");
        refused(
            &fleet,
            &[typed],
            &[&format!("did you mean `{name}`?"), &line],
        );
        let literal = format!("name={typed}");
        proves(&fleet, &[&literal]);
        let (_, _, stderr) = fleet.run(&["find", &literal]);
        assert!(
            stderr.contains(&format!("did you mean `{name}`?")),
            "{stderr}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_has_an_at_sign_is_found_by_saying_that_it_is_one() {
    let brewed = artifact("homebrew", "openssl@3", "3.4.0", None);
    let image = debian(1, "example.org/brewed:1", vec![brewed]);
    let mut fleet = Fleet::start(time("2026-01-01T00:00:00Z")).await;
    fleet.knows(&image);
    fleet.enroll("web1").await;
    fleet.runs("web1", &[("brewed", &image)]).await;
    refused(&fleet, &["openssl@3"], &["`assetctl find name=openssl@3`"]);
    finds(&fleet, &["name=openssl@3"], "web1\n");
    proves(&fleet, &["openssl@4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pattern_a_source_or_a_purl_that_is_written_wrong_is_no_proof() {
    let fleet = history::fleet().await;
    refused(&fleet, &["OpenS*"], &["`assetctl find 'opens*'`"]);
    refused(
        &fleet,
        &["source=OpenSSL"],
        &["`assetctl find source=openssl`"],
    );
    refused(
        &fleet,
        &["pkg:pip/jinja2"],
        &["`assetctl find pkg:pypi/jinja2`"],
    );
    refused(
        &fleet,
        &["pkg:nmp/lodash"],
        &["`nmp` is not a package URL type"],
    );
    proves(&fleet, &["pkg:gem/rails"]);
    proves(&fleet, &["source=absent"]);
    // The shell filled in what a pattern was meant for.
    std::fs::write(fleet.dir.path().join("lodash.csv"), "").unwrap();
    let (status, _, stderr) = outcome(&mut fleet.shell("assetctl find lod*"));
    assert_eq!(status, 2, "{stderr}");
    assert!(stderr.contains("it is a file here"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_a_distribution_or_a_container_that_is_none_is_refused() {
    let fleet = history::fleet().await;
    refused(
        &fleet,
        &["lodash", "type=nmp"],
        &["`assetctl find lodash type=npm`"],
    );
    refused(
        &fleet,
        &["absent", "type=pypi"],
        &["`assetctl find absent type=python`"],
    );
    refused(
        &fleet,
        &["absent", "distro=debain"],
        &["`assetctl find absent distro=debian`"],
    );
    refused(
        &fleet,
        &["absent", "container=ngnix"],
        &["no container was ever named `ngnix`"],
    );
    proves(&fleet, &["absent", "type=gem"]);
    proves(&fleet, &["absent", "distro=fedora"]);
    proves(&fleet, &["absent", "container=builder"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_a_list_that_is_no_name_is_refused_with_its_number() {
    let fleet = history::fleet().await;
    let listed = |list: &str| {
        let mut command = fleet.assetctl(&["find", "-f", "-", "-o", "name"]);
        outcome(command.write_stdin(list.to_owned()))
    };
    for (line, hint) in [
        ("version<3", "next to -f"),
        ("openssl==3", "pkg:pypi/"),
        ("openssl 3.0.9", "awk"),
        ("CVE-2024-3094", "advisory"),
        ("sha256:4b4b", "next to -f"),
        ("nginx:1.27", "next to -f"),
        ("pkg:openssl", "not a package URL"),
    ] {
        let (status, stdout, stderr) = listed(&format!("# list\nopenssl\n{line}\n"));
        assert_eq!((status, stdout.as_str()), (2, ""), "{line}: {stderr}");
        assert!(stderr.contains("in line 3 of standard input"), "{stderr}");
        assert!(stderr.contains(hint), "{line}: {stderr}");
    }
    assert_eq!(listed("lib*3\n").0, 0);
    for (list, hint) in [
        ("openssl-3.0.13\n", "pkg:TYPE/NAME@VERSION"),
        ("OpenSSL\nabsent\n", "did you mean `openssl`?"),
    ] {
        let (status, _, stderr) = listed(list);
        assert_eq!(status, 2, "{stderr}");
        assert!(stderr.contains(hint), "{stderr}");
    }
    assert_eq!(listed("absent\nversion\n").0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_is_refused_at_its_beginning_or_not_at_all() {
    let fleet = history::fleet().await;
    let watch = ["--watch", "1s", "--exit-when-empty"];
    let (status, _, stderr) = fleet.run(&[&["find", "openssl", "host=wbe1"][..], &watch].concat());
    assert_eq!(status, 2, "{stderr}");
    let (status, _, stderr) = fleet.run(&[&["find", "absent", "host=web1"][..], &watch].concat());
    assert_eq!(status, 0, "{stderr}");
}
