//! Comparing rows of parts, and parts that may be missing: what the ecosystems' rules have in common.

use std::cmp::Ordering;

/// Compares part by part; of two rows that begin alike the longer one is greater.
pub(crate) fn compare_rows<T>(
    a: impl IntoIterator<Item = T>,
    b: impl IntoIterator<Item = T>,
    each: impl Fn(T, T) -> Ordering,
) -> Ordering {
    let (mut a, mut b) = (a.into_iter(), b.into_iter());
    loop {
        let (left, right) = (a.next(), b.next());
        let both_end = left.is_none() && right.is_none();
        let order = compare_options(left, right, &each);
        if both_end || order.is_ne() {
            return order;
        }
    }
}

/// Compares part by part; the row that ends first goes on with `end`.
pub(crate) fn compare_padded<T: Copy>(
    a: impl IntoIterator<Item = T>,
    b: impl IntoIterator<Item = T>,
    end: T,
    each: impl Fn(T, T) -> Ordering,
) -> Ordering {
    let (mut a, mut b) = (a.into_iter(), b.into_iter());
    loop {
        let (left, right) = (a.next(), b.next());
        if left.is_none() && right.is_none() {
            return Ordering::Equal;
        }
        let order = each(left.unwrap_or(end), right.unwrap_or(end));
        if order.is_ne() {
            return order;
        }
    }
}

/// Nothing is before something; two things are compared by `both`.
pub(crate) fn compare_options<T>(
    a: Option<T>,
    b: Option<T>,
    both: impl FnOnce(T, T) -> Ordering,
) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => both(a, b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}
