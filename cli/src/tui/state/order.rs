//! The order of a list that is held as a whole: by a column, versions as their ecosystem has them.

use std::cmp::Ordering;

use super::column::Column;
use crate::{
    output::{Cell, Heading},
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
        (Cell::Word(a, _), Cell::Word(b, _)) => a.cmp(b),
        (Cell::Empty, Cell::Empty) => Ordering::Equal,
        (Cell::Empty, _) => Ordering::Less,
        (_, Cell::Empty) => Ordering::Greater,
        // One column holds one kind.
        _ => Ordering::Equal,
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
    let version = |place: &u32| match at(all, *place) {
        Some(Item::Artifact(one)) => (one.artifact_type.as_str(), one.version.as_str()),
        Some(Item::Found(one)) => (one.artifact_type.as_str(), one.version.as_str()),
        _ => ("", ""),
    };
    versions::sort_by(places, |a, b| {
        let ((type_a, a), (type_b, b)) = (version(a), version(b));
        let order = type_a
            .cmp(type_b)
            .then_with(|| versions::compare(type_a, a, b));
        if falling { order.reverse() } else { order }
    });
}
