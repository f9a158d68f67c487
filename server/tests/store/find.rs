//! `find`: what an answer holds, in which order, and what it says of what it doesn't list.

use proto_types::{Artifact, Field, FindRequest, Op};

use crate::common::{at, complete, deb, fleet::*};

fn built_from(source: &str, artifact: Artifact) -> Artifact {
    Artifact {
        source: Some(source.to_owned()),
        ..artifact
    }
}

#[tokio::test]
async fn an_empty_fleet_answers_with_nothing() {
    let fleet = Fleet::new();
    let answer = fleet.find(FindRequest::default()).await;
    assert_eq!(answer.results, Some(Vec::new()));
    assert_eq!((answer.total, answer.truncated), (0, false));
    assert_eq!(answer.next_cursor, None);
    assert_eq!(answer.summary, proto_types::Summary::default());
}

#[tokio::test]
async fn an_answer_says_what_runs_where_on_what_since_when() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    fleet.pass(60);
    let answer = fleet.find(named("x")).await;
    let row = &answer.results.unwrap()[0];
    assert_eq!((row.host.as_str(), row.container.as_str()), ("web", "a"));
    assert_eq!(row.image_digest, crate::common::image(1));
    assert_eq!(row.image_name, "example.org/image1:1");
    assert_eq!((row.running_since, row.until), (at(0), None));
    assert_eq!(answer.as_of, at(60));
    assert!(answer.coverage.complete);
}

#[tokio::test]
async fn results_are_by_name_type_version_newest_first_image_host_container() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let epoch = Artifact {
        purl: Some("pkg:rpm/redhat/x@1.0?epoch=1".to_owned()),
        artifact_type: "rpm".to_owned(),
        ..deb("x", "1.0")
    };
    let rpm = |version| Artifact {
        artifact_type: "rpm".to_owned(),
        ..deb("x", version)
    };
    let held = [
        deb("x", "1.9"),
        deb("x", "1.10"),
        deb("x", "1.10~rc1"),
        rpm("2.0"),
        epoch,
        deb("a", "1"),
    ];
    fleet.run(&web, &[("b", 1), ("a", 1)], &held).await;
    fleet.run(&db, &[("z", 1)], &held).await;
    let answer = fleet.find(one(Field::Name, Op::Regex, "^[ax]$")).await;
    let rows: Vec<String> = answer
        .results
        .unwrap()
        .iter()
        .map(|row| {
            let (kind, name, version) = (&row.artifact_type, &row.name, &row.version);
            format!("{name} {kind} {version} {}/{}", row.host, row.container)
        })
        .collect();
    let mut wanted = Vec::new();
    for artifact in [
        "a deb 1",
        "x deb 1.10",
        "x deb 1.10~rc1",
        "x deb 1.9",
        "x rpm 1.0",
        "x rpm 2.0",
    ] {
        for container in ["db/z", "web/a", "web/b"] {
            wanted.push(format!("{artifact} {container}"));
        }
    }
    assert_eq!(rows, wanted, "an epoch in the purl counts");
}

#[tokio::test]
async fn an_images_first_sbom_answers_for_what_runs_already() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let lease = fleet.full(&web, &[("a", 1)]).await.leases.remove(0);
    assert_eq!(fleet.find(named("x")).await.total, 0);
    let sbom = complete(1, &[deb("x", "1")]);
    fleet.upload(&web, &lease, sbom).await.unwrap();
    assert_eq!(fleet.find(named("x")).await.total, 1);
}

#[tokio::test]
async fn the_summary_counts_each_thing_once() {
    let (fleet, [web, db]) = Fleet::of(["web", "db"]).await;
    let held = [deb("x", "1"), deb("x", "2")];
    fleet.run(&web, &[("a", 1), ("b", 1)], &held).await;
    fleet.run(&db, &[("a", 1), ("c", 2)], &held).await;
    let answer = fleet.find(named("x")).await;
    assert_eq!(answer.total, 8);
    let summary = answer.summary;
    let counts = [summary.artifacts, summary.images, summary.containers];
    assert_eq!((counts, summary.hosts), ([2, 2, 4], 2));
}

#[tokio::test]
async fn who_asks_for_a_source_package_learns_what_is_built_from_it() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let held = [
        built_from("openssl", deb("libssl3", "3.0")),
        built_from("openssl", deb("libssl3", "3.1")),
        built_from("openssl", deb("openssl", "3.0")),
        built_from("zlib", deb("zlib1g", "1")),
    ];
    fleet
        .run(&web, &[("a", 1), ("b", 1), ("c", 2)], &held)
        .await;
    let answer = fleet.find(named("openssl")).await;
    assert_eq!(answer.total, 3);
    assert_eq!(
        answer.related.len(),
        1,
        "what is called so itself is no news"
    );
    let related = &answer.related[0];
    assert_eq!(
        (related.name.as_str(), related.artifact_type.as_str()),
        ("libssl3", "deb")
    );
    let counts = (related.images, related.containers, related.hosts);
    assert_eq!(counts, (2, 3, 1));
    assert!(fleet.find(named("libssl3")).await.related.is_empty());
}

#[tokio::test]
async fn what_is_related_but_no_longer_runs_is_not_listed() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    let held = [built_from("openssl", deb("libssl3", "3.0"))];
    fleet.run(&web, &[("a", 1)], &held).await;
    fleet.full(&web, &[]).await;
    assert!(fleet.find(named("openssl")).await.related.is_empty());
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_by_name() {
    let fleet = Fleet::new();
    let long = "x".repeat(5000);
    for (request, word) in [
        (one(Field::Name, Op::Lt, "1"), "`name`"),
        (one(Field::Version, Op::Lt, " "), "version"),
        (one(Field::ImageDigest, Op::Eq, "sha256:1"), "`sha256:1`"),
        (one(Field::Name, Op::Glob, "["), "`[`"),
        (one(Field::Name, Op::Regex, "("), "`(`"),
        (
            one(Field::Name, Op::Regex, "(((a{99}){99}){99})"),
            "regular",
        ),
        (one(Field::Name, Op::Eq, &long), "5000"),
    ] {
        let error = refused(fleet.ask(request).await).to_string();
        assert!(error.contains(word), "{error}");
    }
    let any_of_host = FindRequest {
        any: vec![matching(Field::Host, Op::Eq, "web")],
        ..FindRequest::default()
    };
    let error = refused(fleet.ask(any_of_host).await).to_string();
    assert!(error.contains("`host`"), "{error}");
}

#[tokio::test]
async fn a_glob_of_any_shape_is_answered_or_refused() {
    let fleet = Fleet::new();
    let deep = format!("{}a{}", "{".repeat(2000), "}".repeat(2000));
    let classes = "[!a-z]".repeat(600);
    for pattern in [
        &"?".repeat(4096),
        &"*".repeat(4096),
        &"**/".repeat(1300),
        &deep,
        &classes,
    ] {
        let _ = fleet.ask(one(Field::Name, Op::Glob, pattern)).await;
    }
    fleet.find(named("x")).await;
}
