//! Groups by host, in the order of the names; where a name was used again, each host by itself.

use model::tally::Counts;

use super::window::{Groups, Window, group};
use crate::{
    bits::Bits,
    search::{by_image::ByImage, look::Search, running::Running},
};

/// The groups.
pub fn groups(search: &Search<'_>, window: Window) -> Groups {
    let images = search.images();
    let hosts = in_order(search, &images, window);
    let by_image = search.by_image();
    let mut artifacts = Bits::default();
    let on_page = window.of(&hosts).iter();
    Groups {
        total: hosts.len() as u64,
        groups: on_page
            .map(|(_, host)| {
                artifacts.clear();
                let counts = counted(search, *host, (&images, &by_image), &mut artifacts);
                let name = search.index.hosts.name_at(*host, search.question.pin);
                group(name.to_owned(), None, counts)
            })
            .collect(),
    }
}

/// The hosts, each with its rank, of which those on the page and before it are in order.
fn in_order(search: &Search<'_>, images: &Bits, window: Window) -> Vec<(u32, u32)> {
    let mut found = Running::new(&search.scope);
    // Nobody says to pause.
    let _ = found.go_on(&search.scope, images, &|| false);
    let found = found.hosts();
    let rank = |host: u32| search.index.hosts.rank_at(host, search.question.pin);
    let mut hosts: Vec<(u32, u32)> = found.iter().map(|host| (rank(host), host)).collect();
    let end = window.skip.saturating_add(window.limit);
    match end < hosts.len() {
        true => {
            let (before, _, _) = hosts.select_nth_unstable(end);
            before.sort_unstable();
        }
        false => hosts.sort_unstable(),
    }
    hosts
}

fn counted(
    search: &Search<'_>,
    host: u32,
    (images, by_image): (&Bits, &ByImage),
    artifacts: &mut Bits,
) -> Counts {
    let mut counts = Counts {
        hosts: 1,
        ..Counts::default()
    };
    let mut met = Vec::new();
    for (run, past) in search.index.runs.of_host(host) {
        let known = past.filter(|past| past.ended <= search.question.pin);
        let at = search.scope.at(run, known.map(|past| past.until));
        if at.is_none() || !images.contains(run.image) {
            continue;
        }
        counts.containers += 1;
        if !met.contains(&run.image) {
            met.push(run.image);
            search.each_held(by_image, run.image, |artifact| {
                artifacts.insert(artifact);
            });
        }
    }
    counts.images = met.len() as u64;
    counts.artifacts = artifacts.len() as u64;
    counts
}
