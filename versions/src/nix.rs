//! Nix's order of versions, by the Nix manual on `builtins.compareVersions`.

use std::cmp::Ordering;

use crate::text::{compare_numbers, is_number, take_digits, take_while};

/// Compares two versions component by component.
pub(crate) fn compare(mut a: &str, mut b: &str) -> Ordering {
    while !(a.is_empty() && b.is_empty()) {
        let (a_component, a_rest) = take_component(a);
        let (b_component, b_rest) = take_component(b);
        let order = compare_components(a_component, b_component);
        if order.is_ne() {
            return order;
        }
        (a, b) = (a_rest, b_rest);
    }
    Ordering::Equal
}

/// Dots and hyphens separate components, and so does a change between digits and other characters.
fn take_component(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches(['.', '-']);
    match take_digits(text) {
        ("", _) => take_while(text, |c| !c.is_ascii_digit() && c != '.' && c != '-'),
        digits => digits,
    }
}

/// `pre` is before words, the end before other words, and all of them before numbers.
fn compare_components(a: &str, b: &str) -> Ordering {
    let kind = |component| match component {
        "pre" => 0,
        number if is_number(number) => 2,
        _ => 1,
    };
    kind(a).cmp(&kind(b)).then_with(|| {
        if is_number(a) {
            compare_numbers(a, b)
        } else {
            a.cmp(b)
        }
    })
}
