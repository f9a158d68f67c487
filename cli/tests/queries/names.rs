//! Hosts and images by their names, where digests and `host:NAME` were asked for.

use crate::{
    fleet::{Fleet, images::digest},
    history,
};

#[track_caller]
fn said(fleet: &Fleet, args: &[&str], status: i32) -> (String, String) {
    let (code, stdout, stderr) = fleet.run(args);
    assert_eq!(code, status, "{args:?}: {stdout}{stderr}");
    (stdout, stderr)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_meant_by_its_name_where_that_names_one() {
    let fleet = history::fleet().await;
    let postgres = digest(0x7d).to_string();
    for name in [
        "postgres",
        "postgres:16",
        "library/postgres",
        "docker.io/library/postgres:16",
        "post*",
    ] {
        let (stdout, _) = said(&fleet, &["image", name, "-o", "name"], 0);
        assert_eq!(stdout, format!("{postgres}\n"), "{name}");
    }
    let (stdout, _) = said(&fleet, &["sbom", "postgres:16"], 0);
    assert!(stdout.contains("postgresql-16"), "{stdout}");
    let (stdout, _) = said(
        &fleet,
        &["containers", "--image", "postgres", "-o", "name"],
        0,
    );
    assert_eq!(stdout, "db1/postgres\n");
    for args in [
        &["image", "nginx"][..],
        &["sbom", "nginx:1.27"],
        &["diff", "nginx", "postgres"],
    ] {
        let (_, stderr) = said(&fleet, args, 2);
        assert!(stderr.contains("2 images are named `nginx"), "{stderr}");
        for byte in [0x4b, 0x4c] {
            assert!(stderr.contains(&digest(byte).to_string()), "{stderr}");
        }
    }
    let (_, stderr) = said(&fleet, &["image", "ngnix"], 2);
    assert!(stderr.contains("there is no image `ngnix`"), "{stderr}");
    let unknown = digest(0xee).to_string();
    for args in [
        &["image", &unknown][..],
        &["containers", "--image", &unknown],
        &["find", "openssl", "--image", &unknown],
    ] {
        said(&fleet, args, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_is_meant_by_its_name_alone() {
    let fleet = history::fleet().await;
    let (by_form, _) = said(&fleet, &["diff", "host:web2", "host:web1"], 0);
    assert_eq!(said(&fleet, &["diff", "web2", "web1"], 0).0, by_form);
    let (then, _) = said(&fleet, &["diff", "host:web1@yesterday", "host:web1"], 0);
    assert_eq!(said(&fleet, &["diff", "web1@yesterday", "web1"], 0).0, then);
    let (stdout, _) = said(&fleet, &["sbom", "db1"], 0);
    assert!(stdout.contains("postgresql-16"), "{stdout}");
    for args in [&["diff", "wbe1", "web1"][..], &["sbom", "wbe1"]] {
        let (_, stderr) = said(&fleet, args, 2);
        assert!(stderr.contains("did you mean `host:web1`?"), "{stderr}");
    }
    for args in [
        &["sbom", "web1@2099-01-01"][..],
        &["containers", "--at", "2099-01-01"],
    ] {
        let (_, stderr) = said(&fleet, args, 2);
        assert!(stderr.contains("is in the future"), "{stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_in_a_hosts_place_is_said_to_be_one() {
    let fleet = history::fleet().await;
    for args in [
        &["host", "show", "app"][..],
        &["containers", "--host", "app"],
        &["changes", "--host", "app"],
        &["diff", "web1", "app@yesterday"],
    ] {
        let (_, stderr) = said(&fleet, args, 2);
        let hint = "hint: `app` is a container on the host `web1`";
        assert!(stderr.contains(hint), "{args:?}: {stderr}");
    }
    let (_, stderr) = said(&fleet, &["host", "show", "nginx"], 2);
    let hint = "`nginx` is the name of 2 containers: `assetctl containers --name nginx` lists";
    assert!(stderr.contains(hint), "{stderr}");
    let (_, stderr) = said(&fleet, &["diff", "web1", "nosuch"], 2);
    assert!(
        stderr.contains("hint: `assetctl images` and `assetctl hosts`"),
        "{stderr}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_about_one_thing_says_nothing_of_other_hosts() {
    let mut fleet = history::fleet().await;
    fleet.enroll("mute1").await;
    for args in [
        &["containers", "--host", "web1"][..],
        &["changes", "--host", "web1"],
        &["image", "7d7d"],
    ] {
        let (_, stderr) = said(&fleet, args, 0);
        assert!(!stderr.contains("silent"), "{args:?}: {stderr}");
    }
    let (_, stderr) = said(&fleet, &["containers", "--host", "web1"], 0);
    assert!(
        stderr.starts_with("complete coverage: 1 host, 2 running images\n"),
        "{stderr}"
    );
    for args in [&["containers"][..], &["containers", "--host", "mute1"]] {
        let (_, stderr) = said(&fleet, args, 0);
        assert!(stderr.contains("1 host silent"), "{args:?}: {stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_is_a_host_and_an_image_is_refused_with_both() {
    let mut fleet = history::fleet().await;
    for name in ["postgres", "7d7d"] {
        fleet.enroll(name).await;
        let (_, stderr) = said(&fleet, &["sbom", name], 2);
        let forms = format!("write `host:{name}` or `{}`", digest(0x7d));
        assert!(stderr.contains(&forms), "{stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_take_names_patterns_and_a_state() {
    let mut fleet = history::fleet().await;
    fleet.adds("new1").await;
    fleet.enroll("mute1").await;
    let names = |args: &[&str]| said(&fleet, &[args, &["-o", "name"]].concat(), 0).0;
    assert_eq!(names(&["hosts", "web*"]), "web1\nweb2\n");
    assert_eq!(names(&["hosts", "db1", "web1"]), "db1\nweb1\n");
    assert_eq!(names(&["hosts", "--state", "pending"]), "new1\n");
    assert_eq!(names(&["hosts", "--state", "silent"]), "mute1\n");
    assert_eq!(names(&["hosts", "web*", "--state", "silent"]), "");
    let (_, stderr) = said(&fleet, &["hosts", "wbe1"], 2);
    assert!(stderr.contains("did you mean `web1`?"), "{stderr}");
    let digests: Vec<String> = [0x4b, 0x4c].map(|byte| digest(byte).to_string()).to_vec();
    assert_eq!(
        names(&["images", "nginx"]),
        format!("{}\n", digests.join("\n"))
    );
    assert_eq!(
        names(&["images", "nginx", "--running", "--limit", "1"]),
        format!("{}\n", digests[0])
    );
    assert_eq!(names(&["images", "absent"]), "");
    let (_, stderr) = said(&fleet, &["images", "nginx", "--limit", "1"], 0);
    assert!(stderr.contains("1 of 2 shown"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diff_says_by_its_exit_status_whether_there_is_a_difference_where_that_is_asked() {
    let mut fleet = history::fleet().await;
    for (from, to, status) in [("web2", "web1", 1), ("web1", "web1", 0)] {
        said(&fleet, &["diff", from, to, "--exit-code"], status);
        said(&fleet, &["diff", from, to, "--exit-code", "-q"], status);
        said(&fleet, &["diff", from, to], 0);
    }
    fleet.enroll("mute1").await;
    said(
        &fleet,
        &["diff", "host:mute1", "host:mute1", "--exit-code"],
        3,
    );
}
