//! Random lists of those fleets, whole and in pages.

use index::{Containers, Images, Index, Listed, Seq};
use model::presence::Span;
use proptest::prelude::*;
use proto_types::{ImageDigest, ImageState};

use crate::{
    plain::Plain,
    plain_listed::Row,
    things::{CONTAINERS, HOSTS, alias, digest},
};

/// What is asked for besides the time.
#[derive(Debug, Clone)]
pub struct Filters {
    host: Option<usize>,
    name: Option<usize>,
    image: Option<u32>,
    state: Option<ImageState>,
    running: Option<bool>,
    prefix: Option<u32>,
    quarantined: u32,
}

pub fn filters() -> impl Strategy<Value = Filters> {
    let some = |many: usize| prop_oneof![2 => Just(None), 1 => (0..many).prop_map(Some)];
    let states = prop::sample::select(ImageState::ALL);
    let state = prop_oneof![1 => Just(None), 2 => states.prop_map(Some)];
    let number = || prop_oneof![2 => Just(None), 1 => (0..9_u32).prop_map(Some)];
    (
        some(5),
        some(4),
        number(),
        state,
        any::<Option<bool>>(),
        number(),
        0..64_u32,
    )
        .prop_map(
            |(host, name, image, state, running, prefix, quarantined)| Filters {
                host,
                name,
                image,
                state,
                running,
                prefix,
                quarantined,
            },
        )
}

/// The digest of one of six images, or one of three aliases.
fn named(number: u32) -> ImageDigest {
    match number {
        0..6 => digest(number),
        _ => alias(number - 6),
    }
}

pub fn check_containers(
    index: &Index,
    plain: &Plain,
    (filters, time, pin): (&Filters, Option<Span>, Seq),
    size: usize,
) {
    let asked = Containers {
        host: filters.host.map(|host| HOSTS[host]),
        name: filters.name.map(|name| CONTAINERS[name]),
        image: filters.image.map(named),
        time,
        pin,
    };
    let wanted = plain.containers(&asked);
    assert_eq!(
        index.containers_total(&asked),
        wanted.len() as u64,
        "{asked:?}"
    );
    let row = |row: &Listed<'_>| -> Row {
        (
            row.place(),
            row.image_name.to_owned(),
            row.image_digest,
            row.until,
        )
    };
    let (mut rows, mut after): (Vec<Row>, _) = (Vec::new(), None);
    loop {
        let page = index.containers(&asked, after.as_ref(), size);
        rows.extend(page.iter().map(row));
        match page.last() {
            Some(last) if page.len() == size => after = Some(last.place()),
            _ => break,
        }
    }
    assert_eq!(rows, wanted, "{asked:?}");
}

pub fn check_images(index: &Index, plain: &Plain, (filters, pin): (&Filters, Seq), size: usize) {
    let asked = Images {
        state: filters.state,
        running: filters.running,
        digests: filters.prefix.map(|number| {
            let (first, last) = (named(number), named(number + 1));
            first.min(last)..=first.max(last)
        }),
        quarantined: (0..6)
            .filter(|image| filters.quarantined >> image & 1 == 1)
            .collect(),
        pin,
    };
    let wanted = plain.images(&asked);
    assert_eq!(index.images_total(&asked), wanted.len() as u64, "{asked:?}");
    let (mut images, mut after): (Vec<u32>, _) = (Vec::new(), None);
    loop {
        let page = index.images(&asked, after, size);
        after = page.last().map(|last| plain.images[last].digest);
        images.extend(page.iter());
        if page.len() < size {
            break;
        }
    }
    assert_eq!(images, wanted, "{asked:?}");
}
