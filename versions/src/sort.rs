//! A sort that bears an order which is none, as Maven's and pacman's are.

use std::cmp::Ordering;

/// Sorts by `compare`, stably, and never panics, whatever `compare` answers.
///
/// The standard library's sorts may panic when an order is not total, and not every ecosystem's
/// order is: Maven's and pacman's are not transitive. Where an order is total, this sorts by it.
/// Where it is not, the result still holds the same items, and the same input always gives the
/// same result.
///
/// ```
/// let mut found = vec!["2.0", "1.0-sp-1", "1.0-alpha-2", "1.0"];
/// versions::sort_by(&mut found, |a, b| versions::compare("java-archive", a, b));
/// assert_eq!(found, ["1.0-alpha-2", "1.0", "1.0-sp-1", "2.0"]);
/// ```
pub fn sort_by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut runs: Vec<Vec<T>> = items.drain(..).map(|item| vec![item]).collect();
    while runs.len() > 1 {
        runs = merge_pairs(runs, &mut compare);
    }
    if let Some(sorted) = runs.pop() {
        *items = sorted;
    }
}

/// Merges each run with its right neighbour.
fn merge_pairs<T>(runs: Vec<Vec<T>>, compare: &mut impl FnMut(&T, &T) -> Ordering) -> Vec<Vec<T>> {
    let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
    let mut runs = runs.into_iter();
    while let Some(left) = runs.next() {
        merged.push(match runs.next() {
            Some(right) => merge(left, right, compare),
            None => left,
        });
    }
    merged
}

/// Merges two runs; of equal items the left one's comes first.
fn merge<T>(left: Vec<T>, right: Vec<T>, compare: &mut impl FnMut(&T, &T) -> Ordering) -> Vec<T> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let mut left = left.into_iter().peekable();
    let mut right = right.into_iter().peekable();
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let smaller = if compare(a, b).is_gt() {
            right.next()
        } else {
            left.next()
        };
        merged.extend(smaller);
    }
    merged.extend(left);
    merged.extend(right);
    merged
}
