//! The order of a list that is held as a whole: by a column, versions as their ecosystem has them.

use std::cmp::Ordering;

use model::age::{self, Release};
use proto_types::GroupBy;

use super::{column::Column, subject::Subject};
use crate::{
    output::{Cell, Heading, Tone},
    tui::item::Item,
};

/// A list at the server of so many rows may be fetched whole to be ordered here.
pub(crate) const MOST_SORTED: u64 = 20_000;

/// By which column a list is ordered; by none as the server has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Order {
    /// The column.
    pub(crate) column: Option<usize>,
    /// Whether the largest, or the last in the alphabet, comes first.
    pub(crate) falling: bool,
}

impl Order {
    /// The order that lists of this kind have where nobody chose one: images by weight, since the order of
    /// their digests says nothing, and anything else as the server has it.
    pub(crate) fn usual(subject: &Subject) -> Self {
        let by_weight = matches!(
            subject,
            Subject::Images
                | Subject::Grouped {
                    by: GroupBy::Image,
                    ..
                }
        );
        let mut columns = subject.columns().iter();
        let weight = columns.position(|one| one.heading == Heading::Containers);
        Self {
            column: weight.filter(|_| by_weight),
            falling: by_weight,
        }
    }
}

/// Orders places in a list by a column; what is equal there stays in the list's own order.
pub(crate) fn sort(places: &mut Vec<u32>, all: &[Item], column: &Column, falling: bool) {
    if column.heading == Heading::Version {
        return sort_by_version(places, all, falling);
    }
    let cell = |place: &u32| at(all, *place).map_or(Cell::Empty, |item| item.cell(column.heading));
    let mut keyed: Vec<(Cell, u32)> = places.iter().map(|place| (cell(place), *place)).collect();
    keyed.sort_by(|(a, _), (b, _)| {
        let order = compare(a, b);
        if falling { order.reverse() } else { order }
    });
    for (place, (_, sorted)) in places.iter_mut().zip(keyed) {
        *place = sorted;
    }
}

fn at(all: &[Item], place: u32) -> Option<&Item> {
    all.get(usize::try_from(place).ok()?)
}

fn compare(a: &Cell, b: &Cell) -> Ordering {
    match (a, b) {
        (Cell::Text(a), Cell::Text(b)) => a.cmp(b),
        (Cell::Count(a), Cell::Count(b)) => a.cmp(b),
        (Cell::Time(a), Cell::Time(b)) => a.cmp(b),
        (Cell::Digest(a), Cell::Digest(b)) => a.cmp(b),
        // The worst first.
        (Cell::Word(a, bad), Cell::Word(b, worse)) => {
            severity(*worse).cmp(&severity(*bad)).then_with(|| a.cmp(b))
        }
        (Cell::Empty, Cell::Empty) => Ordering::Equal,
        (Cell::Empty, _) => Ordering::Less,
        (_, Cell::Empty) => Ordering::Greater,
        // One column holds one kind.
        _ => Ordering::Equal,
    }
}

/// How bad a word is.
const fn severity(tone: Tone) -> u8 {
    match tone {
        Tone::Good => 0,
        Tone::Neutral => 1,
        Tone::Doubtful => 2,
        Tone::Bad => 3,
    }
}

/// Versions that were counted come in their order already, newest first.
fn sort_by_version(places: &mut Vec<u32>, all: &[Item], falling: bool) {
    if let Some(Item::Group(..)) = all.first() {
        if !falling {
            places.reverse();
        }
        return;
    }
    if let Some(Item::OnHost(_)) = all.first() {
        let rank = |place: &u32| match at(all, *place) {
            Some(Item::OnHost(one)) => one.release.as_ref().map(|one| (one.age, one.place)),
            _ => None,
        };
        // The older, the greater; where none runs comes last either way.
        places.sort_by(|a, b| {
            let order = rank(a).cmp(&rank(b));
            let order = if falling { order } else { order.reverse() };
            rank(a).is_none().cmp(&rank(b).is_none()).then(order)
        });
        return;
    }
    let release = |place: &u32| match at(all, *place) {
        Some(Item::Artifact(one)) => Release::from(one),
        Some(Item::Found(one)) => Release::from(&**one),
        Some(Item::Judged(one)) => Release::from(&one.artifact),
        _ => Release::default(),
    };
    versions::sort_by(places, |a, b| {
        let order = age::oldest_first(release(a), release(b));
        if falling { order.reverse() } else { order }
    });
}

#[cfg(test)]
mod tests {
    use proto_types::Artifact;

    use super::sort;
    use crate::{
        output::Heading,
        tui::{item::Item, state::column::Column},
    };

    fn rpm(version: &str, purl: &str) -> Item {
        Item::Artifact(Artifact {
            artifact_type: "rpm".to_owned(),
            name: "openssl".to_owned(),
            version: version.to_owned(),
            purl: Some(purl.to_owned()),
            ..Artifact::default()
        })
    }

    #[test]
    fn versions_are_ordered_as_the_server_has_them_by_the_epoch_of_their_purl_too() {
        let all = [
            rpm("3.0-1.el9", "pkg:rpm/redhat/openssl@3.0-1.el9?epoch=1"),
            rpm("9.9-1.el9", "pkg:rpm/redhat/openssl@9.9-1.el9"),
        ];
        let column = Column::new(Heading::Version, 'v');
        let mut places = vec![0, 1];
        sort(&mut places, &all, &column, false);
        assert_eq!(places, [1, 0]);
        sort(&mut places, &all, &column, true);
        assert_eq!(places, [0, 1]);
    }
}
