//! `find` with `group_by` and with `cover`: the same answer, counted.

use std::collections::BTreeSet;

use proto_types::{Artifact, During, FindRequest, FindResult, Group, GroupBy};

use crate::common::{at, deb, fleet::*, full, image};

/// A fleet whose hosts, images and versions overlap.
async fn fleet() -> Fleet {
    let (fleet, [web, db, old]) = Fleet::of(["web", "db", "old"]).await;
    let npm = Artifact {
        artifact_type: "npm".to_owned(),
        ..deb("x", "1.10")
    };
    fleet
        .run(
            &web,
            &[("a", 1), ("b", 1)],
            &[deb("x", "1.9"), deb("y", "1")],
        )
        .await;
    fleet
        .run(&db, &[("a", 1), ("c", 2)], &[deb("x", "1.10"), npm])
        .await;
    fleet.run(&old, &[("z", 3)], &[deb("x", "1.9")]).await;
    fleet
}

async fn groups(fleet: &Fleet, by: GroupBy) -> Vec<Group> {
    let request = FindRequest {
        group_by: Some(by),
        ..named("x")
    };
    let answer = fleet.find(request).await;
    assert_eq!(answer.results, None);
    let groups = answer.groups.unwrap();
    assert_eq!(answer.total, groups.len() as u64);
    groups
}

fn keys(groups: &[Group]) -> Vec<&str> {
    groups.iter().map(|group| group.key.as_str()).collect()
}

/// What a group must count, from the rows that belong to it.
fn counted(rows: &[&FindResult]) -> [u64; 4] {
    let distinct = |key: &dyn Fn(&FindResult) -> String| {
        rows.iter()
            .map(|row| key(row))
            .collect::<BTreeSet<_>>()
            .len() as u64
    };
    [
        distinct(&|row| format!("{} {} {}", row.artifact_type, row.name, row.version)),
        distinct(&|row| row.image_digest.to_string()),
        distinct(&|row| format!("{}/{}", row.host, row.container)),
        distinct(&|row| row.host.clone()),
    ]
}

#[tokio::test]
async fn every_group_counts_what_its_rows_hold() {
    let fleet = fleet().await;
    let rows = fleet.find(named("x")).await.results.unwrap();
    for by in GroupBy::ALL {
        let groups = groups(&fleet, *by).await;
        for group in &groups {
            let of_group = |row: &&FindResult| match by {
                GroupBy::Version => {
                    row.version == group.key && Some(&row.artifact_type) == group.label.as_ref()
                }
                GroupBy::Name => row.name == group.key,
                GroupBy::Type => row.artifact_type == group.key,
                GroupBy::Image => row.image_digest.to_string() == group.key,
                GroupBy::Host => row.host == group.key,
                GroupBy::Distro => group.key == "debian 12",
            };
            let rows: Vec<_> = rows.iter().filter(of_group).collect();
            let counts = [group.artifacts, group.images, group.containers, group.hosts];
            assert_eq!(counts, counted(&rows), "{by} {}", group.key);
        }
    }
}

#[tokio::test]
async fn versions_come_newest_first_within_their_type() {
    let fleet = fleet().await;
    let groups = groups(&fleet, GroupBy::Version).await;
    assert_eq!(keys(&groups), ["1.10", "1.9", "1.10"]);
    let labels: Vec<_> = groups.iter().map(|group| group.label.as_deref()).collect();
    assert_eq!(labels, [Some("deb"), Some("deb"), Some("npm")]);
}

#[tokio::test]
async fn hosts_and_types_come_by_name() {
    let fleet = fleet().await;
    assert_eq!(
        keys(&groups(&fleet, GroupBy::Host).await),
        ["db", "old", "web"]
    );
    assert_eq!(keys(&groups(&fleet, GroupBy::Type).await), ["deb", "npm"]);
}

#[tokio::test]
async fn an_images_group_says_a_name_that_it_runs_under() {
    let fleet = fleet().await;
    let groups = groups(&fleet, GroupBy::Image).await;
    assert_eq!(groups[0].key, image(1).to_string());
    assert_eq!(groups[0].label.as_deref(), Some("example.org/image1:1"));
}

#[tokio::test]
async fn one_host_renames_no_image_for_the_whole_fleet() {
    let (mut fleet, [web, db, evil]) = Fleet::of(["web", "db", "evil"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    fleet.full(&db, &[("a", 1)]).await;
    let mut renamed = full(&[("a", 1), ("b", 1), ("c", 1), ("d", 2)]);
    for container in &mut renamed.containers {
        "EVIL".clone_into(&mut container.image_name);
    }
    fleet.report(&evil, renamed).await.unwrap();
    let name = "example.org/image1:1";
    for _ in 0..2 {
        let groups = groups(&fleet, GroupBy::Image).await;
        assert_eq!(groups[0].label.as_deref(), Some(name));
        let cover = FindRequest {
            cover: true,
            ..named("x")
        };
        let cover = fleet.find(cover).await.cover.unwrap();
        assert_eq!(cover[0].image_name, name);
        let names = fleet.image(1).await.summary.names;
        assert_eq!(names, [name, "EVIL"], "it is shown, behind what most say");
        let status = fleet.store.status(fleet.now()).await.unwrap();
        let waits = status.queue.iter().find(|one| one.digest == image(2));
        assert_eq!(waits.unwrap().image_name, "EVIL", "nobody else runs it");
        // The same where it is read from the rows.
        fleet = fleet.reopened();
    }
}

#[tokio::test]
async fn groups_come_in_pages_too() {
    let fleet = fleet().await;
    let all = groups(&fleet, GroupBy::Version).await;
    let mut request = FindRequest {
        group_by: Some(GroupBy::Version),
        limit: Some(2),
        ..named("x")
    };
    let first = fleet.find(request.clone()).await;
    assert!(first.truncated);
    assert_eq!(first.total, 3);
    assert_eq!(first.groups.as_deref(), Some(&all[..2]));
    request.cursor = first.next_cursor;
    let second = fleet.find(request).await;
    assert_eq!(second.groups.as_deref(), Some(&all[2..]));
    assert_eq!((second.truncated, second.next_cursor), (false, None));
}

#[tokio::test]
async fn cover_lists_the_images_whose_rebuild_frees_most_hosts_first() {
    let (fleet, [a, b, c]) = Fleet::of(["a", "b", "c"]).await;
    let held = [deb("x", "1")];
    fleet.run(&a, &[("one", 1), ("two", 2)], &held).await;
    fleet.run(&b, &[("one", 1)], &held).await;
    fleet
        .run(&c, &[("one", 1), ("again", 1), ("three", 3)], &held)
        .await;
    let request = FindRequest {
        cover: true,
        ..named("x")
    };
    let answer = fleet.find(request.clone()).await;
    assert_eq!((answer.total, answer.truncated), (3, false));
    let cover = answer.cover.unwrap();
    assert_eq!(cover[0].image_digest, image(1));
    assert_eq!((cover[0].containers, cover[0].hosts), (4, 3));
    let clean: Vec<u64> = cover.iter().map(|image| image.hosts_clean).collect();
    assert_eq!(clean, [1, 2, 3], "in the end every host is free");
    let first = fleet.find(FindRequest {
        limit: Some(1),
        ..request
    });
    let first = first.await;
    assert_eq!(first.cover.unwrap().len(), 1);
    assert!(first.truncated);
}

#[tokio::test]
async fn groups_and_cover_cannot_be_asked_together() {
    let fleet = Fleet::new();
    let request = FindRequest {
        cover: true,
        group_by: Some(GroupBy::Host),
        ..named("x")
    };
    refused(fleet.ask(request).await);
}

#[tokio::test]
async fn a_name_that_was_used_again_is_two_hosts_and_each_is_a_group() {
    let (fleet, [web]) = Fleet::of(["web"]).await;
    fleet.run(&web, &[("a", 1)], &[deb("x", "1")]).await;
    fleet.pass(60);
    fleet.store.remove_host("web".to_owned()).await.unwrap();
    let again = fleet.enroll("web").await;
    fleet.full(&again, &[("a", 1), ("b", 1)]).await;
    fleet.pass(60);
    let always = FindRequest {
        during: Some(During {
            from: at(0),
            to: fleet.now(),
        }),
        ..named("x")
    };
    let by_host = FindRequest {
        group_by: Some(GroupBy::Host),
        ..always.clone()
    };
    let groups = fleet.find(by_host).await.groups.unwrap();
    let counted: Vec<_> = groups
        .iter()
        .map(|one| (one.key.as_str(), one.hosts, one.containers))
        .collect();
    assert_eq!(counted, [("web", 1, 1), ("web", 1, 2)]);
    assert_eq!(fleet.find(always).await.summary.hosts, 2);
}
