//! Differences, changes and evidence in every format.

use serde_json::Value;

use crate::history;

#[tokio::test(flavor = "multi_thread")]
async fn a_diff_has_every_format_and_says_when_there_is_none() {
    let fleet = history::fleet().await;
    let run = |format: &str| fleet.run(&["diff", "4b", "4c", "-o", format]);
    let (_, csv, _) = run("csv");
    assert!(
        csv.starts_with(
            "change,name,type,from,to\nup,libssl3,deb,3.0.14-1~deb12u1,3.0.15-1~deb12u1\n"
        ),
        "{csv}"
    );
    assert!(
        csv.ends_with("added,curl,deb,,7.88.1-10+deb12u7\nremoved,wget,deb,1.21.3-1+b2,\n"),
        "{csv}"
    );
    let (_, names, _) = run("name");
    assert_eq!(names, "curl\nlibssl3\nnginx\nopenssl\ntzdata\nwget\n");
    let (_, lines, _) = run("ndjson");
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["change"], &first["from"][0]),
        (&"up".into(), &"3.0.14-1~deb12u1".into())
    );
    let (_, document, _) = run("json");
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["changed"].as_array().unwrap().len(), 4);
    let (status, stdout, stderr) = fleet.run(&["diff", "4b4b", "4b4b"]);
    assert_eq!((status, stdout.as_str()), (0, ""));
    assert!(
        stderr.starts_with("no difference: both contain 5 artifacts\n"),
        "{stderr}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_have_every_format_and_pages() {
    let fleet = history::fleet().await;
    let since = ["changes", "--since", "2h", "--host", "web1"];
    let run = |args: &[&str]| fleet.run(&[&since, args].concat());
    let (_, csv, _) = run(&["-o", "csv", "--columns", "kind,host,container"]);
    assert_eq!(
        csv,
        "kind,host,container\nstopped,web1,nginx\nstarted,web1,nginx\n"
    );
    assert_eq!(run(&["-o", "name"]).1, "web1/nginx\n");
    let (_, document, stderr) = run(&["-o", "json", "--limit", "1"]);
    assert!(stderr.contains("the first 1 shown"), "{stderr}");
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["changes"][0]["kind"], "stopped");
    let cursor = document["next_cursor"].as_str().unwrap();
    let (_, rest, _) = fleet.run(&[
        "changes",
        "--host",
        "web1",
        "--cursor",
        cursor,
        "-o",
        "csv",
        "--columns",
        "kind",
    ]);
    assert_eq!(rest, "kind\nstarted\n");
    let (_, _, stderr) = fleet.run(&["changes", "--since", "now"]);
    assert!(stderr.starts_with("nothing changed\n"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_stands_before_rows_groups_and_counts_and_agrees_with_them() {
    let fleet = history::fleet().await;
    for (more, first, rows) in [
        (&[][..], "name,version,", 2),
        (&["--limit", "1"], "name,version,", 1),
        (&["--group-by", "host"], "host,artifacts,", 2),
        (&["--cover"], "image_digest,image_name,", 2),
        (&["--count"], "artifacts,images,", 1),
    ] {
        let args = [
            "find",
            "openssl",
            "version<3.0.15",
            "-o",
            "csv",
            "--evidence",
        ];
        let (status, stdout, stderr) = fleet.run(&[&args, more].concat());
        assert_eq!(status, 0, "{stderr}");
        let (comments, table): (Vec<_>, Vec<_>) =
            stdout.lines().partition(|line| line.starts_with('#'));
        assert_eq!(comments.len(), 7, "{stdout}");
        assert!(
            comments[1].starts_with("# request: {\"match\":[{\"field\":\"name\""),
            "{stdout}"
        );
        assert!(comments[3].ends_with(&fleet.url), "{stdout}");
        assert!(table[0].starts_with(first), "{stdout}");
        assert_eq!(table.len(), rows + 1, "{stdout}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_headed_by_what_they_are_counted_by() {
    let fleet = history::fleet().await;
    for (by, heads) in [
        ("version", "version,type,artifacts"),
        ("name", "name,artifacts"),
        ("type", "type,artifacts"),
        ("image", "image_digest,image_name,artifacts"),
        ("host", "host,artifacts"),
        ("distro", "distro,artifacts"),
    ] {
        let (_, stdout, _) = fleet.run(&["find", "--group-by", by, "-o", "csv"]);
        assert!(stdout.starts_with(heads), "{by}: {stdout}");
    }
}
