//! What is shown of second opinions, and how an image is scanned again.

use proto_types::{
    Conflict, ConflictingImage, Done, GetImage, GetStatus, Opinion, RescanImage, SecondOpinion,
};

use crate::{
    fake::{Fake, digest, time},
    lists::{detail, fleet},
};

const AT: &str = "2026-03-28T13:00:00Z";

#[tokio::test]
async fn an_image_in_conflict_is_shown_with_both_hosts_and_what_each_found_alone() {
    let fake = Fake::start().await;
    let mut image = detail();
    image.withdrawn.clear();
    image.summary.second_opinion = Some(SecondOpinion {
        opinion: Opinion::Conflict,
        host: Some("db1".to_owned()),
        scanner: Some("syft 1.18.1".to_owned()),
        at: Some(time(AT)),
    });
    image.conflicts.push(Conflict {
        host: "db1".to_owned(),
        at: time(AT),
        scanner: Some("syft 1.18.1".to_owned()),
        only_there: 2,
        only_here: 1,
        examples_there: vec!["deb openssl 3.0.11".to_owned(), "deb curl 8".to_owned()],
        examples_here: vec!["deb libssl3 3.0.15".to_owned()],
    });
    let path = format!("/api/v1/images/{}", digest(0xab));
    fake.answer_at::<GetImage>(&path, &image).await;
    let shown = fake.run(&["image", &digest(0xab).to_string()]);
    assert_eq!(shown.0, 0, "{}", shown.2);
    insta::assert_snapshot!(shown.1);
}

#[tokio::test]
async fn status_lists_the_images_in_conflict() {
    let fake = Fake::start().await;
    let mut status = fleet(None);
    status.counts.conflicting_images = 1;
    status.counts.differing_images = 2;
    status.conflicts.push(ConflictingImage {
        digest: digest(0xab),
        image_name: "nginx:1.27".to_owned(),
        containers: 2,
        scanned_by: "web1".to_owned(),
        host: "db1".to_owned(),
        scanner: Some("syft 1.18.1".to_owned()),
        at: time(AT),
    });
    fake.answer::<GetStatus>(&status).await;
    let shown = fake.run(&["status"]);
    assert_eq!(shown.0, 0, "{}", shown.2);
    insta::assert_snapshot!(shown.1);
}

#[tokio::test]
async fn an_image_is_scanned_again_by_the_next_host_that_reports_it() {
    let fake = Fake::start().await;
    let path = format!("/api/v1/images/{}/rescan", digest(0xab));
    fake.answer_at::<RescanImage>(&path, &Done {}).await;
    let words = ["image", &digest(0xab).to_string(), "--rescan"];
    let (code, _, stderr) = fake.run(&words);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("will be asked to scan it"), "{stderr}");
    let both = [&words[..], &["--withdraw"]].concat();
    assert_eq!(fake.run(&both).0, 2, "one or the other");
}
