//! Maven's order of versions, by the POM reference ("version order specification", Maven 3.8).

use std::cmp::Ordering;

use crate::text::{compare_ignoring_case, compare_numbers, is_zero};

/// Compares two versions of Maven artifacts.
///
/// This order is not transitive: what follows a hyphen is before a number and after a qualifier,
/// and all of them are compared with nothing by rules of their own. Sort with [`crate::sort_by`].
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (parse(a), parse(b));
    let (mut a, mut b) = (a.iter(), b.iter());
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (Some(left), Some(right)) => left.compare(right),
            (Some(left), None) => left.compare_with_nothing(),
            (None, Some(right)) => right.compare_with_nothing().reverse(),
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// A part of a version. Lists nest, but each is the last item of the one around it, so it is
/// enough to mark where they open.
enum Item<'a> {
    Number(&'a str),
    Qualifier(u8, &'a str),
    List,
}

/// The ranks of the words that qualify a version; what is unknown is after all of them.
const QUALIFIERS: [(&str, u8); 10] = [
    ("alpha", 0),
    ("beta", 1),
    ("milestone", 2),
    ("rc", 3),
    ("cr", 3),
    ("snapshot", 4),
    ("ga", RELEASE),
    ("final", RELEASE),
    ("release", RELEASE),
    ("sp", 6),
];
const RELEASE: u8 = 5;
const UNKNOWN: u8 = 7;

/// What is short for a qualifier, but only right before a digit.
const ABBREVIATIONS: [(&str, u8); 3] = [("a", 0), ("b", 1), ("m", 2)];

impl Item<'_> {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Item::Number(a), Item::Number(b)) => compare_numbers(a, b),
            (Item::Qualifier(UNKNOWN, a), Item::Qualifier(UNKNOWN, b)) => {
                compare_ignoring_case(a, b)
            }
            (Item::Qualifier(a, _), Item::Qualifier(b, _)) => a.cmp(b),
            _ => self.kind().cmp(&other.kind()),
        }
    }

    fn kind(&self) -> u8 {
        match self {
            Item::Qualifier(..) => 0,
            Item::List => 1,
            Item::Number(_) => 2,
        }
    }

    fn compare_with_nothing(&self) -> Ordering {
        match self {
            Item::Number(digits) if is_zero(digits) => Ordering::Equal,
            Item::Number(_) => Ordering::Greater,
            Item::Qualifier(rank, _) => rank.cmp(&RELEASE),
            // What the list holds decides, and comes next.
            Item::List => Ordering::Equal,
        }
    }

    /// Whether the item means nothing at the end of a list: a zero, or a word for a release.
    fn is_null(&self) -> bool {
        !matches!(self, Item::List) && self.compare_with_nothing().is_eq()
    }
}

/// Splits at dots and hyphens and between digits and letters; a hyphen and a change from digits
/// to letters or back also open a list.
fn parse(version: &str) -> Vec<Item<'_>> {
    let mut items = Vec::with_capacity(16);
    let mut rest = version;
    while !rest.is_empty() {
        let (token, tail) = rest.split_at(end_of_token(rest));
        let next = tail.chars().next();
        push(&mut items, item(token, next), next);
        if next.is_some_and(|c| c != '.') {
            open_list(&mut items);
        }
        rest = tail.strip_prefix(['.', '-']).unwrap_or(tail);
    }
    close_lists(&mut items);
    items
}

/// A qualifier that ends the version or is followed by a digit counts as if a hyphen were before
/// it: `1.rc1` is `1-rc1`.
fn push<'a>(items: &mut Vec<Item<'a>>, item: Item<'a>, next: Option<char>) {
    let is_last_or_numbered = next.is_none_or(|c| c.is_ascii_digit());
    let list_is_empty = matches!(items.last(), None | Some(Item::List));
    if matches!(item, Item::Qualifier(..)) && is_last_or_numbered && !list_is_empty {
        open_list(items);
    }
    items.push(item);
}

/// Where the first token of `text` ends: at a separator, or where digits and letters meet.
fn end_of_token(text: &str) -> usize {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    text.find(|c: char| matches!(c, '.' | '-') || c.is_ascii_digit() != digits)
        .unwrap_or(text.len())
}

/// An empty token counts as 0.
fn item(token: &str, next: Option<char>) -> Item<'_> {
    if token.bytes().all(|byte| byte.is_ascii_digit()) {
        return Item::Number(token);
    }
    let before_digit = next.is_some_and(|c| c.is_ascii_digit());
    let abbreviations = ABBREVIATIONS.iter().filter(|_| before_digit);
    let rank = QUALIFIERS
        .iter()
        .chain(abbreviations)
        .find(|(word, _)| word.eq_ignore_ascii_case(token))
        .map_or(UNKNOWN, |(_, rank)| *rank);
    Item::Qualifier(rank, token)
}

fn open_list(items: &mut Vec<Item<'_>>) {
    drop_nulls(items);
    items.push(Item::List);
}

/// Trailing nulls and lists with nothing in them vanish.
fn close_lists(items: &mut Vec<Item<'_>>) {
    drop_nulls(items);
    while items.pop_if(|last| matches!(last, Item::List)).is_some() {
        drop_nulls(items);
    }
}

fn drop_nulls(items: &mut Vec<Item<'_>>) {
    while items.pop_if(|last| last.is_null()).is_some() {}
}
